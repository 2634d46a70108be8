//! What is refused before it is a request, an address or head too long or malformed: the HTTP library answers that
//! by itself with a bare status, which goes out as a problem document like every other.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::problem::Problem;

/// A connection whose bare refusals are put into words.
pub(super) struct Worded<S> {
    stream: S,
    /// Bytes that stand for what was written, and how many of them are sent.
    instead: Vec<u8>,
    sent: usize,
}

impl<S> Worded<S> {
    pub fn new(stream: S) -> Self {
        Self { stream, instead: Vec::new(), sent: 0 }
    }
}

/// The answer in place of a refusal that has no body; `None` for whatever else is written.
fn worded(written: &[u8]) -> Option<Vec<u8>> {
    let head = written.strip_suffix(b"\r\n\r\n").filter(|head| head.len() < 1_024)?;
    let head = std::str::from_utf8(head).ok()?.to_ascii_lowercase();
    let status = head.strip_prefix("http/1.1 ")?.get(..3)?.parse::<u16>().ok()?;
    if !head.lines().any(|line| line == "content-length: 0") || head.contains("location:") {
        return None;
    }
    let problem = match StatusCode::from_u16(status).ok()? {
        status @ StatusCode::URI_TOO_LONG => Problem::new(
            status,
            "address too long",
            "the address is too long; send what is long as the body of a POST",
        ),
        status @ StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => Problem::new(
            status,
            "head too large",
            "the request's head is too large; send fewer or shorter headers",
        ),
        StatusCode::BAD_REQUEST => Problem::bad_request("that is no HTTP request"),
        _ => return None,
    };
    let body = problem.document();
    let head = format!(
        "HTTP/1.1 {}\r\ncontent-type: application/problem+json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        problem.status,
        body.len()
    );
    Some([head.as_bytes(), body.as_bytes()].concat())
}

impl<S: AsyncWrite + Unpin> Worded<S> {
    /// Sends what stands for something else.
    fn poll_instead(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(rest) = self.instead.get(self.sent..).filter(|rest| !rest.is_empty()) {
            match ready!(Pin::new(&mut self.stream).poll_write(cx, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                sent => self.sent += sent,
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Worded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Worded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_instead(cx))?;
        let Some(instead) = worded(bytes) else {
            return Pin::new(&mut self.stream).poll_write(cx, bytes);
        };
        (self.instead, self.sent) = (instead, 0);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_instead(cx))?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_instead(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bare_refusal_is_put_into_words() {
        let bare = b"HTTP/1.1 414 URI Too Long\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        let said = String::from_utf8(worded(bare).unwrap_or_default()).unwrap_or_default();
        assert!(said.starts_with("HTTP/1.1 414 URI Too Long\r\n"), "{said}");
        assert!(said.contains("urn:copytrail:problem:address-too-long"), "{said}");
        for other in [
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 303 See Other\r\nlocation: /\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 5\r\n\r\nwrong",
            "<p>HTTP/1.1 414 URI Too Long\r\ncontent-length: 0\r\n\r\n",
        ] {
            assert_eq!(worded(other.as_bytes()), None, "{other}");
        }
    }
}
