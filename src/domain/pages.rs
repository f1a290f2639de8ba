//! A list that arrives in pages, cheap to append to and cheap to share with another thread.

use std::sync::Arc;

/// Pages of items in the order they came. Cloning copies one pointer a page, never the items.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages<T> {
    pages: Vec<Arc<[T]>>,
    /// How many items lie before each page, for finding an item by its place.
    starts: Vec<usize>,
    len: usize,
}

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Pages {
            pages: Vec::new(),
            starts: Vec::new(),
            len: 0,
        }
    }
}

impl<T> Pages<T> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds a page at the end. An empty page changes nothing.
    pub fn push(&mut self, page: Arc<[T]>) {
        if page.is_empty() {
            return;
        }
        self.starts.push(self.len);
        self.len += page.len();
        self.pages.push(page);
    }

    /// The item at a place counted from 0 over all pages.
    pub fn get(&self, index: usize) -> Option<&T> {
        let page = self.starts.partition_point(|start| *start <= index).checked_sub(1)?;
        self.pages.get(page)?.get(index - self.starts.get(page)?)
    }

    /// The pages in order.
    pub fn pages(&self) -> impl Iterator<Item = &Arc<[T]>> {
        self.pages.iter()
    }

    /// All items in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.pages.iter().flat_map(|page| page.iter())
    }
}

impl<T> FromIterator<T> for Pages<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut pages = Pages::default();
        pages.push(items.into_iter().collect());
        pages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_over_all_pages() {
        let mut pages = Pages::default();
        for page in [vec![0, 1, 2], vec![], vec![3], vec![4, 5]] {
            pages.push(page.into());
        }
        assert_eq!(pages.len(), 6);
        assert_eq!(
            (0..7).map(|i| pages.get(i).copied()).collect::<Vec<_>>(),
            [Some(0), Some(1), Some(2), Some(3), Some(4), Some(5), None]
        );
        assert_eq!(pages.iter().copied().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
        assert_eq!(Pages::<u8>::default().get(0), None);
    }
}
