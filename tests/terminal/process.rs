//! What the system knows of a process (proc(5)).

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::time::Duration;

/// The CPU time that each living thread of a process has used, in user and kernel mode, by the thread's number.
#[cfg(target_os = "linux")]
pub struct Cpu(HashMap<OsString, Duration>);

#[cfg(target_os = "linux")]
impl Cpu {
    pub fn of(pid: u32) -> Cpu {
        let tasks = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
        let threads = tasks.map(|task| {
            let task = task.unwrap();
            // A thread may end while the list is read.
            let stat = fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
            let nanoseconds = stat.split(' ').next().and_then(|ns| ns.parse().ok()).unwrap_or(0);
            (task.file_name(), Duration::from_nanos(nanoseconds))
        });
        Cpu(threads.collect())
    }

    /// What has been used since. Threads that ended meanwhile take their account with them: they are not counted.
    pub fn since(&self, before: &Cpu) -> Duration {
        let earlier = |thread: &OsString| before.0.get(thread).copied().unwrap_or_default();
        self.0
            .iter()
            .map(|(thread, now)| now.saturating_sub(earlier(thread)))
            .sum()
    }
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
