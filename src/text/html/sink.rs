//! The end of html5ever's tree builder that makes a [`Dom`]. Comments, doctypes and template contents are dropped as they
//! come, so Outlook's conditional comments never get in.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName};

use super::dom::{DOCUMENT, Data, Dom, Element, LIMBO, NodeId};

/// The tree builder's end of a [`Dom`].
#[derive(Debug)]
pub struct Sink {
    dom: RefCell<Dom>,
    depth: Cell<u32>,
}

impl Sink {
    pub fn new() -> Sink {
        Sink {
            dom: RefCell::new(Dom::new()),
            depth: Cell::new(0),
        }
    }

    /// How deep the tree builder is in the tree now, give or take one.
    pub fn depth(&self) -> u32 {
        self.depth.get()
    }

    /// How many nodes were made so far.
    pub fn nodes(&self) -> usize {
        self.dom.borrow().len()
    }

    fn insert(&self, parent: NodeId, next: Option<NodeId>, child: NodeOrText<NodeId>) {
        let mut dom = self.dom.borrow_mut();
        let is_element = matches!(child, NodeOrText::AppendNode(node) if node != LIMBO);
        self.depth.set(dom.depth(parent) + u32::from(is_element));
        dom.insert(parent, next, child);
    }
}

/// An element's name, as the tree builder asks for it.
#[derive(Debug)]
pub struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Dom;
    type ElemName<'a> = Name;

    fn finish(self) -> Dom {
        self.dom.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        DOCUMENT
    }

    fn elem_name(&self, target: &NodeId) -> Name {
        let dom = self.dom.borrow();
        let name = dom.element(*target).map(|element| element.full_name().clone());
        Name(name.unwrap_or_else(|| QualName::new(None, html5ever::ns!(), html5ever::local_name!(""))))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.dom.borrow_mut().add(Data::Element(Element::new(name, attributes)))
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        LIMBO
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        LIMBO
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        if self.dom.borrow().parent(*element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &NodeId) {
        self.depth.set(self.dom.borrow().depth(*node).saturating_sub(1));
    }

    fn get_template_contents(&self, _: &NodeId) -> NodeId {
        LIMBO
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.dom.borrow().parent(*sibling);
        if let Some(parent) = parent {
            self.insert(parent, Some(*sibling), child);
        }
    }

    fn add_attrs_if_missing(&self, _: &NodeId, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &NodeId) {
        self.dom.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut dom = self.dom.borrow_mut();
        while let Some(child) = dom.first_child(*node) {
            dom.detach(child);
            dom.attach(child, *new_parent, None);
        }
    }
}
