//! Connections: accepted one by one, bounded in number and patience, finished before the end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout};

use super::app::App;
use super::guard::guard;
use super::routes::router;
use super::settings::{BadSettings, Settings};
use super::wire::Worded;
use crate::workflow::Context;

/// Threads that talk to clients; the work is done on others.
const TALKING: usize = 2;
/// How often the wish to stop is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// After a failed accept (too many open files, say) others need a moment to be closed.
const BREATH: Duration = Duration::from_millis(50);

/// A server that has its address and answers nobody yet.
pub struct Bound {
    runtime: Runtime,
    listener: TcpListener,
    address: SocketAddr,
    app: App,
}

/// Takes the address; from here on connections wait.
///
/// # Errors
/// Where the settings are not safe, or the address cannot be had.
pub fn bind(settings: Settings, context: Context) -> Result<Bound, BadSettings> {
    settings.check()?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(TALKING)
        .enable_all()
        .build()
        .map_err(BadSettings::Runtime)?;
    let listen = settings.listen;
    let failed = |cause| BadSettings::Listen { address: listen, cause };
    let listener = runtime.block_on(TcpListener::bind(listen)).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let app = App::new(settings, context)?;
    Ok(Bound { runtime, listener, address, app })
}

impl Bound {
    /// Where it listens; the port is known here even where the system chose it.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` is set or the process is asked to end, then finishes what was begun.
    pub fn serve(self, stop: &Arc<AtomicBool>) {
        let Self { runtime, listener, app, .. } = self;
        runtime.block_on(run(&listener, &app, stop));
        // What is still at work has been asked to end with its batch; the store takes no harm either way.
        runtime.shutdown_timeout(Duration::from_secs(5));
    }
}

async fn run(listener: &TcpListener, app: &App, stop: &Arc<AtomicBool>) {
    let router = router(app.clone()).layer(from_fn_with_state(app.clone(), guard));
    let graceful = GracefulShutdown::new();
    // What was added by others before is searched too.
    app.fill();
    let places = Arc::new(Semaphore::new(app.settings.bounds.connections));
    let mut ended = std::pin::pin!(ended(stop));
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut ended => break,
        };
        match accepted {
            Ok((stream, _)) => {
                let served = serve_one(stream, app, router.clone(), &graceful);
                tokio::spawn(async move {
                    served.await;
                    drop(place);
                });
            }
            Err(_) => sleep(BREATH).await,
        }
    }
    app.stop();
    finish(app, graceful).await;
}

fn serve_one(
    stream: TcpStream,
    app: &App,
    router: Router,
    graceful: &GracefulShutdown,
) -> impl Future<Output = ()> + use<> {
    // An answer is often smaller than a packet; it must not wait for more.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(app.settings.bounds.patience)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(Worded::new(stream)), TowerToHyperService::new(router));
    let watched = graceful.watch(connection);
    async move {
        // A client that breaks off is no fault of ours.
        let _ = watched.await;
    }
}

/// Waits for a signal to end, or for `stop`.
async fn ended(stop: &AtomicBool) {
    let asked = async {
        while !stop.load(Ordering::Relaxed) {
            sleep(LOOK).await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = asked => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    asked.await;
}

/// Lets answers and jobs end by themselves for a while, then asks them to end with their batch.
async fn finish(app: &App, graceful: GracefulShutdown) {
    let grace = app.settings.bounds.grace;
    let until = Instant::now() + grace;
    let _ = timeout(grace, graceful.shutdown()).await;
    while app.at_work() > 0 && Instant::now() < until {
        sleep(LOOK).await;
    }
    app.interrupt();
    let until = Instant::now() + grace;
    while app.at_work() > 0 && Instant::now() < until {
        sleep(LOOK).await;
    }
}
