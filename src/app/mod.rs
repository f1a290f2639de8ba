//! The Elm core: `Model`, `Msg`, `Cmd`, `update`.
