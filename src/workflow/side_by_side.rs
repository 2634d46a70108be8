//! Reading many files on all cores; what they hold comes in the order of the files.

use std::{
    collections::VecDeque,
    fs,
    ops::ControlFlow,
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, channel, sync_channel},
    },
    thread,
};

use crate::ingest::{Given, Item, Limits, read_file};

/// Files that are read ahead of the one whose turn it is, for each core.
const AHEAD: usize = 2;
/// Articles of one file that wait for their turn; bounds the memory.
const WAITING: usize = 8;
/// Bytes from which a file that is read whole is read alone; bounds the memory.
const HEAVY: u64 = 16_000_000;
/// Endings of files that are read piece by piece whatever their size. A wrong one costs memory or time, no more.
const STREAMED: &[&str] = &[
    "gz", "zst", "warc", "arc", "jsonl", "ndjson", "csv", "tsv", "parquet", "wacz", "cdx", "cdxj",
];

type Job = (String, SyncSender<Item>);

/// Hands all that the files hold to `sink`, in order, until it breaks.
pub fn read_files(
    names: &[String],
    given: &Given,
    limits: &Limits,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(names.len());
    if cores < 2 {
        return names.iter().try_for_each(|name| read_file(name, given, limits, sink));
    }
    let (to_readers, jobs) = channel::<Job>();
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        // Gone with this closure, so that the readers come to their end.
        let to_readers = to_readers;
        for _ in 0..cores {
            scope.spawn(|| work(&jobs, given, limits));
        }
        let mut names = names.iter().peekable();
        let mut turns: VecDeque<(Receiver<Item>, bool)> = VecDeque::new();
        loop {
            while turns.len() < cores * AHEAD && !turns.iter().any(|(_, heavy)| *heavy) {
                let Some(name) = names.next_if(|name| turns.is_empty() || !is_heavy(name)) else {
                    break;
                };
                let (to_turn, turn) = sync_channel(WAITING);
                turns.push_back((turn, is_heavy(name)));
                let _ = to_readers.send((name.clone(), to_turn));
            }
            let Some((turn, _)) = turns.pop_front() else { return ControlFlow::Continue(()) };
            for item in turn {
                // Readers whose turns are gone stop at what they hand over next.
                sink(item)?;
            }
        }
    })
}

fn work(jobs: &Mutex<Receiver<Job>>, given: &Given, limits: &Limits) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((name, to_turn)) = job else { return };
        let _ = read_file(&name, given, limits, &mut |item| match to_turn.send(item) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        });
    }
}

fn is_heavy(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    !STREAMED.contains(&ending.as_str()) && fs::metadata(name).is_ok_and(|meta| meta.len() > HEAVY)
}
