//! HTML to lines of runs with semantic roles; widths, wrapping, links, quotes.
