//! Asking several hosts at once: each piece of work is a host's, so that no host is asked twice at a time.

use std::collections::VecDeque;
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Hosts that are asked at once. They are waited for most of the time, so cores do not matter.
const AT_ONCE: usize = 16;

/// Does pieces of work on threads and hands each result to `take` on this one, until `take` fails. `each` gives its
/// piece back where more is to do; it comes up again after all others.
pub(super) fn side_by_side<T: Send, R: Send, E>(
    work: impl IntoIterator<Item = T>,
    each: &(dyn Fn(T) -> (R, Option<T>) + Sync),
    take: &mut dyn FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let work: VecDeque<T> = work.into_iter().collect();
    let threads = work.len().min(AT_ONCE);
    let work = Mutex::new(work);
    let next = || work.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let put_back = |piece| work.lock().unwrap_or_else(PoisonError::into_inner).push_back(piece);
    let (done, results) = sync_channel(threads);
    thread::scope(|scope| {
        for _ in 0..threads {
            let done = done.clone();
            scope.spawn(move || {
                while let Some(piece) = next() {
                    let (result, rest) = each(piece);
                    rest.into_iter().for_each(put_back);
                    if done.send(result).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        results.into_iter().try_for_each(take)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_take_turns_and_a_failure_ends_the_work() {
        let halve = |number: u32| (number, (number > 1).then_some(number / 2));
        let mut seen = Vec::new();
        let all = side_by_side([8, 5], &halve, &mut |number| {
            seen.push(number);
            Ok::<(), ()>(())
        });
        seen.sort_unstable();
        assert_eq!((all, seen), (Ok(()), vec![1, 1, 2, 2, 4, 5, 8]));
        let failed = side_by_side([1, 2, 3], &|number| (number, Some(number)), &mut Err::<(), i32>);
        assert!(failed.is_err());
    }
}
