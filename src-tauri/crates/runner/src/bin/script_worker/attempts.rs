//! The attempts by name.

use std::fs;
use std::net::{TcpListener, TcpStream, ToSocketAddrs, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::Command;

use runner::CallRequest;
use serde_json::{Value, json};

/// Tries what `parameters.attempt` names, with the path or address in `parameters.at`.
///
/// `{"done": …}` with what came of it, or `{"refused": …}` with the system's words.
pub fn attempt(request: &CallRequest) -> Value {
    let word = |name: &str| request.parameters[name].as_str().unwrap_or_default().to_owned();
    let at = word("at");
    let path = Path::new(&at);
    let ok = |what: &dyn std::fmt::Display| Ok(what.to_string());
    let tried: Result<String, String> = match word("attempt").as_str() {
        "read" => fs::read(path).map(|bytes| format!("{} bytes", bytes.len())).map_err(told),
        "list" => fs::read_dir(path).map(|all| all.count().to_string()).map_err(told),
        "write" => fs::write(path, "x").map(|()| String::new()).map_err(told),
        "remove" => fs::remove_file(path).map(|()| String::new()).map_err(told),
        "rename" => {
            fs::rename(path, PathBuf::from("renamed")).map(|()| String::new()).map_err(told)
        }
        "link" => std::os::unix::fs::symlink(path, "link").map(|()| String::new()).map_err(told),
        "run" => Command::new(path).status().map(|status| status.to_string()).map_err(told),
        "thread" => std::thread::spawn(|| 7).join().map(|n| n.to_string()).map_err(|_| "?".into()),
        "connect" => TcpStream::connect(&at).map(|_| String::new()).map_err(told),
        "resolve" => at.to_socket_addrs().map(|all| all.count().to_string()).map_err(told),
        "listen" => TcpListener::bind(&at).map(|_| String::new()).map_err(told),
        "listen_anywhere" => listen_without_bind(),
        "bind_udp" => UdpSocket::bind(&at).map(|_| String::new()).map_err(told),
        "environment" => ok(&std::env::vars().map(|(name, _)| name).collect::<Vec<_>>().join(" ")),
        "descriptors" => ok(&descriptors()),
        "fork" => called(unsafe { libc::fork() }.into()),
        "trace_parent" => {
            called(unsafe { libc::ptrace(libc::PTRACE_ATTACH, libc::getppid(), 0, 0) })
        }
        "signal_parent" => called(unsafe { libc::kill(libc::getppid(), libc::SIGCONT) }.into()),
        "parent_memory" => fs::File::open(format!("/proc/{}/mem", unsafe { libc::getppid() }))
            .map(|_| String::new())
            .map_err(told),
        "gain_rights" => ok(&unsafe { libc::prctl(libc::PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) }),
        "abort" => unsafe { libc::abort() },
        "assertion" => failed_assertion(),
        "segment" => unsafe {
            std::ptr::write_volatile(std::hint::black_box(8 as *mut u8), 1);
            ok(&"survived")
        },
        "panic" => {
            let none: Option<u8> = std::hint::black_box(None);
            ok(&none.unwrap_or_else(|| std::panic::resume_unwind(Box::new("on purpose"))))
        }
        "exit" => std::process::exit(7),
        "native_stack" => ok(&deep(1)),
        "native_memory" => {
            let blocks: Vec<Vec<u8>> = (0..64).map(|_| vec![1; 256 << 20]).collect();
            ok(&blocks.len())
        }
        "talk" => {
            // Both lead nowhere: the protocol has its own descriptors.
            println!("this is not a frame");
            let own = fs::File::options().write(true).open("/proc/self/fd/1");
            ok(&own.is_ok())
        }
        other => Err(format!("there is no attempt {other:?}")),
    };
    match tried {
        Ok(done) => json!({ "done": done }),
        Err(refused) => json!({ "refused": refused }),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "fits map_err")]
fn told(error: std::io::Error) -> String {
    error.to_string()
}

/// The result of a system call.
fn called(result: i64) -> Result<String, String> {
    if result < 0 { Err(told(std::io::Error::last_os_error())) } else { Ok(result.to_string()) }
}

/// A socket that listens gets a port even when it was never bound.
fn listen_without_bind() -> Result<String, String> {
    let socket = unsafe { libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0) };
    called(socket.into())?;
    called(unsafe { libc::listen(socket, 1) }.into())
}

/// Which of the first thousand descriptors are open.
fn descriptors() -> String {
    let open = (0..1000).filter(|&n| unsafe { libc::fcntl(n, libc::F_GETFD) } >= 0);
    open.map(|n| n.to_string()).collect::<Vec<_>>().join(" ")
}

/// As C code that finds itself in a state it thought impossible.
#[cfg(target_env = "gnu")]
fn failed_assertion() -> ! {
    unsafe extern "C" {
        fn __assert_fail(
            assertion: *const libc::c_char,
            file: *const libc::c_char,
            line: libc::c_uint,
            function: *const libc::c_char,
        ) -> !;
    }
    unsafe {
        __assert_fail(
            c"list_empty(&rt->gc_obj_list)".as_ptr(),
            c"engine.c".as_ptr(),
            12,
            c"free_runtime".as_ptr(),
        )
    }
}

#[cfg(not(target_env = "gnu"))]
fn failed_assertion() -> ! {
    unsafe { libc::abort() }
}

/// Uses up the thread's stack.
#[expect(unconditional_recursion, reason = "the end of the stack is what is wanted")]
fn deep(n: u64) -> u64 {
    let room = std::hint::black_box([n; 512]);
    deep(n + 1) + room[(n % 512) as usize]
}
