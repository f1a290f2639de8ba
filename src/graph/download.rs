//! Bytes that go on as they come, so that memory does not grow with what is read.

use super::client::Client;
use super::exchange::Call;
use super::permits::Urgency;
use super::request::Read;
use crate::protocol::Problem;

/// Takes the bytes of an answer.
pub trait Sink: Send {
    /// An answer begins, of so many bytes where the server said so. What was taken before is void: a line that breaks is
    /// tried again from the beginning.
    ///
    /// # Errors
    /// Why nothing can be taken; that ends the read.
    fn begin(&mut self, announced: Option<u64>) -> Result<(), Problem>;

    /// The next bytes.
    ///
    /// # Errors
    /// Why they cannot be taken; that ends the read.
    fn take(&mut self, chunk: &[u8]) -> Result<(), Problem>;
}

impl Client {
    /// Reads bytes, such as an attachment, into `sink`. How many there were is what it gives back.
    ///
    /// # Errors
    /// Whatever Graph or the network did, in words, and whatever `sink` says.
    pub async fn download(&self, read: Read, urgency: Urgency, sink: &mut dyn Sink) -> Result<usize, Problem> {
        let call = Call::get(self.endpoint(), &read)?;
        self.pass_on(&call, urgency, sink).await
    }
}
