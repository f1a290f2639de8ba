//! Style sheets as mails have them.

use super::*;

#[test]
fn reads_rules_that_hide_everywhere() {
    let mut sheet = Sheet::default();
    sheet.read(
        "<!-- /* .comment{display:none} */ @import url(x.css){} .a, div.b , #c{ display : none !important; color:red }\n\
         @media screen { .phone{display:none} .more{x:y} } .d p{display:none} .e:hover{display:none} .f{color:red}\n\
         @media only screen, print{ .s{display:none} } @media screen and (max-width:9px){ .t{display:none} }\
         p{display:none} .g{visibility:hidden} .open{display:none",
    );
    let hidden = |rules: &HashMap<String, Vec<Rule>>| {
        let hides = |rules: &[Rule]| rules.iter().any(|rule| rule.said.is_hidden());
        let hidden = rules.iter().filter(|(_, rules)| hides(rules));
        let mut hidden: Vec<_> = hidden.map(|(name, _)| name.clone()).collect();
        hidden.sort();
        hidden
    };
    assert_eq!(hidden(&sheet.classes), ["a", "b", "g", "open", "phone", "s"]);
    assert_eq!(hidden(&sheet.ids), ["c"]);
    assert!(hidden(&sheet.names).is_empty());
}

/// The text that is not hidden.
fn shown(source: &str) -> Vec<String> {
    let dom = super::super::parse(source).dom;
    let sheet = Sheet::of(&dom);
    let hidden = |node: NodeId| {
        let mut above = std::iter::successors(Some(node), |&at| dom.parent(at));
        above.any(|at| {
            dom.element(at)
                .is_some_and(|element| sheet.style_of(at, element).is_hidden())
        })
    };
    let text = |node| match dom.data(node) {
        Data::Text(text) if !text.trim().is_empty() && !hidden(node) => Some(text.trim().to_owned()),
        _ => None,
    };
    let of_body = |node: &NodeId| dom.parent(*node).and_then(|at| dom.element(at)).map(Element::name) != Some("style");
    dom.descendants(dom.root()).filter(of_body).filter_map(text).collect()
}

#[test]
fn what_is_hidden_by_where_it_stands_is_hidden_there_alone() {
    let source = "<style>.wrap .gone{display:none} div[class=hide]{display:none} .a > .b{display:none!important}\
        td.k .z{visibility:hidden} .wrap .no{display:none} .wrap .no.yes{display:block} .off{display:none}\
        .must{display:none !important}</style><style media='screen and (max-width:480px)'>.phone{display:none}</style>\
        <style media=print>.paper{display:none}</style><style media=screen>.screen{display:none}</style>\
        <div class=wrap><p class=gone>1<p class=no>2<p class='no yes'>3</div><p class=gone>4<div class=hide>5</div>\
        <div class=a><div class=b style='display:block'>6</div><i><u class=b>7</u></i></div><table><td class=k>8\
        <i class=z>9</i></table><p class=off style='display:block'>10<p class=must style='display:block'>11\
        <p class=phone>12<p class=paper>13<p class=screen>14";
    assert_eq!(shown(source), ["3", "4", "7", "8", "10", "12", "13"]);
}

#[test]
fn what_says_more_or_comes_later_counts() {
    for (css, body, expected) in [
        // What a mail says to wide screens holds, and what it says to phones does not.
        (
            ".m{display:none}@media(max-width:600px){.m{display:block!important}.d{display:none!important}}",
            "<p class=m>1<p class=d>2",
            vec!["2"],
        ),
        (
            "@media only screen and (min-width:480px){.m{display:none}}",
            "<p class=m>1<p>2",
            vec!["2"],
        ),
        (
            "@media(min-width:480px){.d{display:block!important;max-height:none!important}}",
            "<div class=d style='display:none;max-height:0;overflow:hidden'>1</div>",
            vec!["1"],
        ),
        (
            "@media screen{@media(max-width:9px){.a{display:none}}.b{display:none}}.c{display:none}",
            "<p class=a>1<p class=b>2<p class=c>3",
            vec!["1"],
        ),
        // A brace too many takes the next rule with it.
        (
            ".a{display:none}}.b{display:none}.c{display:none}",
            "<p class=a>1<p class=b>2<p class=c>3",
            vec!["2"],
        ),
        (
            ".a{display:none}p.a{display:block}",
            "<p class=a>1<div class=a>2</div>",
            vec!["1"],
        ),
        (
            ".hide{display:none}.show{display:block}",
            "<p class='show hide'>1",
            vec!["1"],
        ),
        ("#a{display:block}.b{display:none}", "<p id=a class=b>1", vec!["1"]),
        (
            ".a{display:none}.w .a{display:block}",
            "<div class=w><p class=a>1</div><p class=a>2",
            vec!["1"],
        ),
        (
            ".w .a{display:none}.a{display:block}",
            "<div class=w><p class=a>1</div><p class=a>2",
            vec!["2"],
        ),
        (
            ".o{overflow:hidden}",
            "<div class=o style='max-height:0'>1</div><div class=o>2</div>",
            vec!["2"],
        ),
        // Gmail puts a <u> there, a browser none; a box that is checked shows what follows.
        (
            ".g{display:none}u + .body .g{display:block}.b{display:none}:checked ~ .b{display:block}",
            "<div class=body><p class=g>1</p></div><input checked><p class=b>2",
            vec!["2"],
        ),
        (
            "tr:first-child,p:not(.k),li:nth-child(2){display:none}@supports(display:grid){.s{display:none}}",
            "<p>1<p class=k>2<ul><li>3<li>4</ul><i class=s>5</i>",
            vec!["2", "3"],
        ),
        (
            ".a{visibility:hidden}",
            "<p class=a style='visibility:visible'>1",
            vec!["1"],
        ),
    ] {
        assert_eq!(shown(&format!("<style>{css}</style>{body}")), expected, "{css}");
    }
}

#[test]
fn rules_without_end_for_one_class_take_no_time() {
    let rules: String = (0..20_000).map(|_| ".a{display:none}".to_owned()).collect();
    let source = format!("<style>{rules}</style>{}", "<p class='a a a'>x</p>".repeat(20_000));
    assert!(shown(&source).is_empty());
}

#[test]
fn many_selectors_on_a_deep_page_take_no_time() {
    let rules: String = (0..10_000).map(|n| format!(".a .b{n} .c{{display:none}}")).collect();
    let source = format!(
        "<style>{rules}</style>{}{}",
        "<div class=b>".repeat(150),
        "<p class=c>x</p>".repeat(20_000)
    );
    assert_eq!(shown(&source).len(), 20_000);
}

#[test]
fn rules_hold_one_over_the_other() {
    let source = "<style>P{margin:0} .title{font-size:28px} p.title{font-weight:bold} #x{margin:9px} .gone{font-size:0}\
         td p{font-size:40px}</style><p class='a title gone' id=x style='font-size:20px'>text</p><p>text</p>";
    let parsed = super::super::parse(source);
    let sheet = Sheet::of(&parsed.dom);
    let styles: Vec<_> = parsed
        .dom
        .elements()
        .filter(|(_, element)| element.name() == "p")
        .map(|(node, element)| sheet.style_of(node, element))
        .collect();
    let plain = Declared {
        spaced: Some(false),
        ..Declared::default()
    };
    let title = Declared {
        apart: true,
        ..declared("font-size:20px;font-weight:bold;margin:9px")
    };
    assert_eq!(styles, [title, plain]);
}

#[test]
fn odd_sheets_do_no_harm() {
    for css in [
        "", "{", "}", "}}}{{{", "@", "@media{", "/*", "*/", ".a{", "{}{}{}", "<!--", "@x{{{}",
    ] {
        let mut sheet = Sheet::default();
        sheet.read(css);
        assert!(sheet.classes.is_empty() && sheet.ids.is_empty(), "{css}: {sheet:?}");
        sheet.read(".a{display:none}");
        assert!(sheet.classes.contains_key("a"), "{css}");
    }
}
