//! Files that are damaged, open to others, not ours or no files.

use super::*;

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// What reading says; always a problem of signing in that tells no token.
async fn refused(vault: &Vault) -> Problem {
    let problem = vault.read().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignIn, "{problem}");
    assert!(!format!("{problem:?}").contains("eyJ0"), "{problem:?}");
    problem
}

#[tokio::test]
async fn a_damaged_file_is_said_and_put_aside_by_the_next_write() {
    let (_root, folder) = temp();
    let vault = in_file(&folder).await;
    write(&vault, 1).await.unwrap();
    let file = folder.join("sign-in.json");
    let whole = fs::read_to_string(&file).unwrap();
    let damaged = [
        whole[..whole.len() / 2].to_owned(),
        String::new(),
        "null".to_owned(),
        whole.replace("\"version\":1", "\"version\":2"),
        whole.replace("\"version\":1,", ""),
        whole.replace("2026-11-21T15", "yesterday"),
        "\0".repeat(2 << 20),
    ];
    for (n, content) in damaged.iter().enumerate() {
        fs::write(&file, content).unwrap();
        let problem = refused(&vault).await;
        assert!(problem.what.as_str().contains("sign-in.json"), "{problem}");
        assert!(problem.next.as_str().contains("Sign in again"), "{problem}");
        let version = content.contains("\"version\":2");
        assert_eq!(problem.what.as_str().contains("another version"), version, "{problem}");
        write(&vault, 7).await.unwrap();
        assert_eq!(number(&vault).await, Some(7));
        let aside = folder.join(format!("sign-in.unreadable-{}", n + 1));
        assert_eq!(&fs::read_to_string(aside).unwrap(), content, "nothing of it is lost");
    }
    remove(&vault).await.unwrap();
    assert_eq!(names(&folder), ["sign-in.lock"], "signing out leaves no tokens");
}

#[tokio::test]
async fn what_a_killed_folkmoot_left_half_written_goes() {
    let (_root, folder) = temp();
    let vault = in_file(&folder).await;
    for n in 1..=2 {
        write(&vault, n).await.unwrap();
        fs::write(folder.join("sign-in.aB3.tmp"), "{").unwrap();
    }
    write(&vault, 3).await.unwrap();
    assert_eq!(names(&folder), ["sign-in.json", "sign-in.lock"]);
    fs::write(folder.join("sign-in.aB3.tmp"), "{").unwrap();
    remove(&vault).await.unwrap();
    assert_eq!(names(&folder), ["sign-in.lock"]);
}

#[cfg(unix)]
#[tokio::test]
async fn files_are_for_the_user_only() {
    let (_root, folder) = temp();
    let vault = in_file(&folder).await;
    write(&vault, 1).await.unwrap();
    assert_eq!((mode(&folder), mode(folder.parent().unwrap())), (0o700, 0o700));
    for name in names(&folder) {
        assert_eq!(mode(&folder.join(&name)), 0o600, "{name}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_others_can_read_is_refused_with_what_closes_it() {
    let (root, _) = temp();
    let folder = root.path().join("it's here");
    let vault = in_file(&folder).await;
    write(&vault, 1).await.unwrap();
    let file = folder.join("sign-in.json");
    for open_to in [0o644, 0o640, 0o604, 0o602] {
        set_mode(&file, open_to);
        let problem = refused(&vault).await;
        let fix = problem.next.as_str().split('`').nth(1).unwrap().to_owned();
        let ran = std::process::Command::new("sh").args(["-c", &fix]).status().unwrap();
        assert!(ran.success(), "{fix}");
        assert_eq!(number(&vault).await, Some(1), "{fix}");
    }
    set_mode(&file, 0o644);
    write(&vault, 2).await.unwrap();
    assert_eq!(
        (number(&vault).await, mode(&file)),
        (Some(2), 0o600),
        "signing in again closes it too"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_or_a_folder_in_its_place_is_refused_and_left_alone() {
    let (root, folder) = temp();
    let elsewhere = root.path().join("elsewhere.json");
    let vault = in_file(&folder).await;
    write(&vault, 1).await.unwrap();
    let file = folder.join("sign-in.json");
    fs::rename(&file, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
    let before = fs::read_to_string(&elsewhere).unwrap();
    let problem = refused(&vault).await;
    assert!(problem.what.as_str().contains("not a plain file"), "{problem}");
    assert!(problem.next.as_str().contains("chmod 600"), "{problem}");

    let warning = write(&vault, 2).await.unwrap_err();
    assert!(warning.what.as_str().contains("not a plain file"), "{warning}");
    assert_eq!(
        (number(&vault).await, vault.place()),
        (Some(2), Place::Memory),
        "good for this run"
    );
    assert_eq!(
        fs::read_to_string(&elsewhere).unwrap(),
        before,
        "nothing goes through a link"
    );

    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    refused(&in_file(&folder).await).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_others_can_write_is_refused() {
    let (_root, folder) = temp();
    let vault = in_file(&folder).await;
    write(&vault, 1).await.unwrap();
    for open_to in [0o777, 0o770, 0o702] {
        set_mode(&folder, open_to);
        let problem = refused(&vault).await;
        assert!(problem.next.as_str().contains("chmod 700"), "{problem}");
        assert_eq!(write(&vault, 2).await.unwrap_err().kind, ProblemKind::SignIn);
        assert_eq!(number(&vault).await, Some(2), "the sign-in is good for this run");
        let said = notice(&vault);
        assert!(
            said.contains("can be written by others; so it is held in memory only"),
            "{said}"
        );
        vault.state().memory = None;
    }
    set_mode(&folder, 0o755);
    assert_eq!(number(&vault).await, Some(1));
    write(&vault, 3).await.unwrap();
    assert_eq!((number(&vault).await, mode(&folder)), (Some(3), 0o700));
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_of_somebody_else_is_refused() {
    use std::os::unix::fs::{MetadataExt, chown};
    let (_root, folder) = temp();
    let vault = in_file(&folder).await;
    write(&vault, 1).await.unwrap();
    let file = folder.join("sign-in.json");
    if fs::metadata(&file).unwrap().uid() != 0 {
        eprintln!("only root can give a file away: not tried");
        return;
    }
    for path in [&file, &folder] {
        chown(path, Some(65_534), None).unwrap();
        let problem = refused(&vault).await;
        assert!(problem.what.as_str().contains("somebody else"), "{problem}");
        chown(path, Some(0), None).unwrap();
    }
    assert_eq!(number(&vault).await, Some(1));
}
