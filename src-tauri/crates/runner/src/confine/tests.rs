//! What a confined process can still do, tried by a process that confines itself.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{Confinement, confine};

const FOLDER: &str = "STEPSMITH_TEST_CONFINED";

/// Not a test of its own: the inside of the next one.
#[test]
fn confined() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let parent = std::os::unix::process::parent_id();
    let temporary = folder.join("temporary");
    let Some(walls) = confine(parent, &temporary) else { panic!("the parent is there") };

    // What a worker needs.
    fs::write(temporary.join("a"), "x").unwrap();
    fs::create_dir(temporary.join("b")).unwrap();
    fs::remove_file(temporary.join("a")).unwrap();
    assert_eq!(fs::read_to_string(folder.join("package")).unwrap(), "content");
    assert_eq!(std::thread::spawn(|| 7).join().unwrap(), 7);
    let address: std::net::SocketAddr =
        fs::read_to_string(folder.join("address")).unwrap().parse().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"ping").unwrap();
    assert!(("localhost", 80).to_socket_addrs().unwrap().count() > 0);
    assert!(std::net::UdpSocket::bind("127.0.0.1:0").is_ok(), "resolvers do this");

    // What it has no use for.
    if walls.files {
        assert!(fs::write(folder.join("outside"), "x").is_err());
        assert!(fs::write(folder.join("package"), "changed").is_err());
        assert!(fs::remove_file(folder.join("package")).is_err());
        assert!(fs::rename(folder.join("package"), temporary.join("package")).is_err());
        assert!(std::os::unix::fs::symlink("/etc", temporary.join("link")).is_err());
    }
    if walls.files || walls.calls {
        assert!(Command::new("/bin/true").status().is_err());
        assert!(TcpListener::bind("127.0.0.1:0").is_err());
    }
    if walls.calls {
        let parent = rustix::process::Pid::from_raw(parent.cast_signed()).unwrap();
        assert!(rustix::process::kill_process(parent, rustix::process::Signal::CONT).is_err());
        let own = rustix::process::getpid();
        rustix::process::kill_process(own, rustix::process::Signal::CONT).unwrap();
    }
    fs::write(temporary.join("walls"), serde_json::to_vec(&walls).unwrap()).unwrap();
}

#[test]
fn confined_process_can_work_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("temporary")).unwrap();
    fs::write(folder.path().join("package"), "content").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    fs::write(folder.path().join("address"), listener.local_addr().unwrap().to_string()).unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "confine::tests::confined", "--nocapture"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut heard = [0; 4];
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    listener.accept().unwrap().0.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"ping");
    let walls = fs::read(folder.path().join("temporary/walls")).unwrap();
    let walls: Confinement = serde_json::from_slice(&walls).unwrap();
    // Seccomp is in every kernel that this runs on; Landlock may be switched off.
    assert!(walls.calls, "{walls:?}");
}
