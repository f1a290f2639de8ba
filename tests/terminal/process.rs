//! What the system knows of a process (proc(5)).

use std::fs;
use std::time::Duration;

/// The CPU time that the living threads of a process have used, in user and kernel mode.
#[cfg(target_os = "linux")]
pub fn cpu(pid: u32) -> Duration {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let nanoseconds = tasks.map(|task| {
        // A thread may end while the list is read.
        let stat = fs::read_to_string(task.unwrap().path().join("schedstat")).unwrap_or_default();
        stat.split(' ').next().and_then(|ns| ns.parse().ok()).unwrap_or(0)
    });
    Duration::from_nanos(nanoseconds.sum())
}

/// Whether the process is stopped, as ^Z does it.
#[cfg(target_os = "linux")]
pub fn is_stopped(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // The name before the state may hold anything, brackets too.
    stat.rsplit(')')
        .next()
        .is_some_and(|rest| rest.trim_start().starts_with('T'))
}

/// The most memory that the process ever had in use, in bytes.
#[cfg(target_os = "linux")]
pub fn peak_memory(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let kibibytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    kibibytes.unwrap().parse::<u64>().unwrap() * 1024
}
