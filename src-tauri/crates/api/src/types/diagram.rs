//! A flow run's diagram as text and as a file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for a flow run in the seed's own notation.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExportMermaid {
    /// `FlowRunView::id`.
    pub flow_run: String,
    /// With what functions do over HTTP, request by request; the seed's diagrams leave it out.
    #[serde(default)]
    pub requests: bool,
}

/// A flow run in the seed's own notation.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MermaidText {
    /// A Mermaid sequence diagram.
    pub text: String,
}

/// Writes a diagram into a folder that the user chose.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveDiagram {
    /// Absolute path of an existing folder.
    pub folder: String,
    /// The file's name, with the ending of its content: mmd, svg or png.
    pub name: String,
    /// What is written.
    pub content: DiagramContent,
    /// In the place of a file that has the name already.
    #[serde(default)]
    pub replace: bool,
}

/// What a diagram's file holds.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DiagramContent {
    /// A flow run in the seed's own notation.
    Mermaid(ExportMermaid),
    /// A drawing.
    Svg {
        /// The whole document.
        text: String,
    },
    /// A picture.
    Png {
        /// The whole file.
        base64: String,
    },
}

/// How a save ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SavedDiagram {
    /// It is on disk.
    Saved {
        /// Where.
        path: String,
    },
    /// A file has the name already; nothing was written. `replace` takes its place.
    Exists {
        /// Which.
        path: String,
    },
}
