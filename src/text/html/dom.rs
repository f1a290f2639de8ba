//! A small document tree in one vector. It keeps what reading a mail needs and nothing else: elements with a few
//! attributes, and text.

use html5ever::interface::NodeOrText;
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};

/// The attributes that are kept.
const KEPT: [&str; 28] = [
    "align",
    "alt",
    "background",
    "bgcolor",
    "border",
    "checked",
    "cite",
    "class",
    "color",
    "colspan",
    "dir",
    "height",
    "hidden",
    "href",
    "id",
    "media",
    "name",
    "role",
    "rowspan",
    "size",
    "src",
    "start",
    "style",
    "text",
    "title",
    "type",
    "value",
    "width",
];

/// A node of a [`Dom`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeId(u32);

pub(super) const DOCUMENT: NodeId = NodeId(0);
/// A parent outside of the tree for what is not kept.
pub(super) const LIMBO: NodeId = NodeId(1);

/// A parsed document.
#[derive(Debug)]
pub struct Dom {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    parent: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    /// Elements above this one, at the time it was put here.
    depth: u32,
    data: Data,
}

/// What a node is.
#[derive(Debug)]
pub enum Data {
    /// The root, or the limbo.
    Root,
    /// An element.
    Element(Element),
    /// Text, exactly as written: hostile.
    Text(StrTendril),
}

/// An element's name and attributes.
#[derive(Debug)]
pub struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
}

impl Element {
    /// An element with those of the attributes that are kept.
    pub(super) fn new(name: QualName, mut attributes: Vec<Attribute>) -> Element {
        attributes.retain(|attribute| KEPT.contains(&&*attribute.name.local));
        Element { name, attributes }
    }

    /// The name with its namespace.
    pub(super) fn full_name(&self) -> &QualName {
        &self.name
    }

    /// The local name, lower case.
    pub fn name(&self) -> &str {
        &self.name.local
    }

    /// An attribute's value. Hostile.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| &*attribute.name.local == name)
            .map(|attribute| &*attribute.value)
    }
}

impl Dom {
    pub(super) fn new() -> Dom {
        Dom {
            nodes: vec![Node::new(Data::Root), Node::new(Data::Root)],
        }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The root.
    pub fn root(&self) -> NodeId {
        DOCUMENT
    }

    /// What a node is.
    pub fn data(&self, node: NodeId) -> &Data {
        self.get(node).map_or(&Data::Root, |node| &node.data)
    }

    /// The element that a node is.
    pub fn element(&self, node: NodeId) -> Option<&Element> {
        match self.data(node) {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The node's parent.
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.get(node)?.parent
    }

    /// The node's children, in order.
    pub fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let first = self.get(node).and_then(|node| node.first);
        std::iter::successors(first, |&child| self.get(child)?.next)
    }

    /// The node's next sibling.
    pub fn next(&self, node: NodeId) -> Option<NodeId> {
        self.get(node)?.next
    }

    /// The node's previous sibling.
    pub fn previous(&self, node: NodeId) -> Option<NodeId> {
        self.get(node)?.previous
    }

    /// The nodes under `node`, itself not included, in document order, without recursion.
    pub fn descendants(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let first = self.get(node).and_then(|node| node.first);
        std::iter::successors(first, move |&at| self.first_child(at).or_else(|| self.after(at, node)))
    }

    /// Every element of the document, in the order in which they were made.
    pub fn elements(&self) -> impl Iterator<Item = (NodeId, &Element)> {
        self.nodes.iter().zip(0..).filter_map(|(node, id)| match &node.data {
            Data::Element(element) => Some((NodeId(id), element)),
            _ => None,
        })
    }

    /// The node after `at` and everything in it, inside `top`.
    fn after(&self, mut at: NodeId, top: NodeId) -> Option<NodeId> {
        while at != top {
            let node = self.get(at)?;
            if node.next.is_some() {
                return node.next;
            }
            at = node.parent?;
        }
        None
    }

    pub(super) fn first_child(&self, node: NodeId) -> Option<NodeId> {
        self.get(node)?.first
    }

    fn get(&self, node: NodeId) -> Option<&Node> {
        self.nodes.get(node.0 as usize)
    }

    fn get_mut(&mut self, node: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(node.0 as usize)
    }

    pub(super) fn add(&mut self, data: Data) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(LIMBO.0));
        self.nodes.push(Node::new(data));
        id
    }

    pub(super) fn depth(&self, node: NodeId) -> u32 {
        self.get(node).map_or(0, |node| node.depth)
    }

    /// Takes a node out of its parent's children.
    pub(super) fn detach(&mut self, child: NodeId) {
        let Some(node) = self.get_mut(child) else { return };
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        match previous.and_then(|previous| self.get_mut(previous)) {
            Some(previous) => previous.next = next,
            None => {
                if let Some(parent) = parent.and_then(|parent| self.get_mut(parent)) {
                    parent.first = next;
                }
            }
        }
        match next.and_then(|next| self.get_mut(next)) {
            Some(next) => next.previous = previous,
            None => {
                if let Some(parent) = parent.and_then(|parent| self.get_mut(parent)) {
                    parent.last = previous;
                }
            }
        }
    }

    /// Puts a detached node under `parent`, before `next` or at the end.
    pub(super) fn attach(&mut self, child: NodeId, parent: NodeId, next: Option<NodeId>) {
        let previous = match next {
            Some(next) => self.get(next).and_then(|next| next.previous),
            None => self.get(parent).and_then(|parent| parent.last),
        };
        let depth = self.depth(parent) + 1;
        if let Some(node) = self.get_mut(child) {
            (node.parent, node.previous, node.next, node.depth) = (Some(parent), previous, next, depth);
        }
        match previous.and_then(|previous| self.get_mut(previous)) {
            Some(previous) => previous.next = Some(child),
            None => {
                if let Some(parent) = self.get_mut(parent) {
                    parent.first = Some(child);
                }
            }
        }
        match next.and_then(|next| self.get_mut(next)) {
            Some(next) => next.previous = Some(child),
            None => {
                if let Some(parent) = self.get_mut(parent) {
                    parent.last = Some(child);
                }
            }
        }
    }

    pub(super) fn insert(&mut self, parent: NodeId, next: Option<NodeId>, child: NodeOrText<NodeId>) {
        let child = match child {
            NodeOrText::AppendNode(LIMBO) => return,
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => {
                let previous = match next {
                    Some(next) => self.get(next).and_then(|next| next.previous),
                    None => self.get(parent).and_then(|parent| parent.last),
                };
                if let Some(Node {
                    data: Data::Text(before),
                    ..
                }) = previous.and_then(|node| self.get_mut(node))
                {
                    before.push_tendril(&text);
                    return;
                }
                self.add(Data::Text(text))
            }
        };
        self.detach(child);
        self.attach(child, parent, next);
    }
}

impl Node {
    fn new(data: Data) -> Node {
        Node {
            parent: None,
            first: None,
            last: None,
            previous: None,
            next: None,
            depth: 0,
            data,
        }
    }
}
