//! What the app may ask of a worker, and what it answers.
