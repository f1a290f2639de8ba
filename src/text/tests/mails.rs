//! Whole mails as the programs that people use write them.

use insta::assert_snapshot;

use super::*;

#[test]
fn outlook_on_the_web_answers_an_answer() {
    let mail = r##"<html><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style type="text/css" style="display:none">
<!--
p
	{margin-top:0;
	margin-bottom:0}
-->
</style></head><body dir="ltr">
<div class="elementToProof" style="font-family:Aptos,Calibri,sans-serif; font-size:12pt; color:rgb(0,0,0)">
Hi <a id="OWAAM98765" class="mention ms-bgc-nlr ms-fcl-b" href="mailto:ben@contoso.example">@Ben Okafor</a>,</div>
<div class="elementToProof"><br></div>
<div class="elementToProof" style="font-size:12pt">that works for me. 山田さん will <b>also</b> join 👩‍💻.</div>
<div id="Signature"><p style="margin-top:0px; margin-bottom:0px">Alex Müller</p></div>
<div id="appendonsend"></div>
<hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" color="#000000" style="font-size:11pt">
<b>From:</b> Ben Okafor &lt;ben@contoso.example&gt;<br>
<b>Sent:</b> Monday, November 16, 2026 9:12 AM<br>
<b>To:</b> Launch team &lt;launch@contoso.example&gt;<br>
<b>Subject:</b> Re: Date</font>
<div>&nbsp;</div>
</div>
<div dir="ltr"><p style="margin:0">Thursday?</p><br>
<div id="x_appendonsend"></div>
<hr tabindex="-1" style="display:inline-block; width:98%">
<div id="x_divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif"><b>From:</b> Alex Müller<br>
<b>Sent:</b> Friday, November 13, 2026 4:00 PM<br><b>Subject:</b> Date</font><div>&nbsp;</div></div>
<div>When do we meet?</div>
</div></body></html>"##;
    assert_snapshot!(sketch(&html(mail), 60));
    assert_eq!(
        own_words(&html(mail)),
        "Hi @Ben Okafor,\nthat works for me. 山田さん will also join 👩\u{200d}💻.\nAlex Müller"
    );
}

#[test]
fn outlook_for_windows_answers() {
    let mail = r##"<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta name="Generator" content="Microsoft Word 15 (filtered medium)">
<!--[if !mso]><style>v\:* {behavior:url(#default#VML);}</style><![endif]-->
<style><!-- /* Font Definitions */ @font-face {font-family:"Cambria Math";} p.MsoNormal {margin:0cm;font-size:11.0pt} --></style>
<!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]--></head>
<body lang="DE" link="#0563C1" vlink="#954F72" style='word-wrap:break-word'><div class="WordSection1">
<p class="MsoNormal"><span lang="EN-US">Hello all,<o:p></o:p></span></p>
<p class="MsoNormal"><span lang="EN-US"><o:p>&nbsp;</o:p></span></p>
<p class="MsoNormal">please see the <a href="https://contoso.sharepoint.com/sites/launch/Plan.docx">plan</a>:<o:p></o:p></p>
<p class="MsoListParagraph" style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>first step<o:p></o:p></p>
<p class="MsoListParagraph" style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>second step, which is described at such length that it does not fit<o:p></o:p></p>
<table class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0" style='border-collapse:collapse;border:none'>
<tr><td width="151" valign="top" style='border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt'><p class="MsoNormal"><b>Task<o:p></o:p></b></p></td>
<td width="151" valign="top" style='border:solid windowtext 1.0pt'><p class="MsoNormal"><b>Owner</b></p></td></tr>
<tr><td style='border:solid windowtext 1.0pt'><p class="MsoNormal">Press release</p></td><td><p class="MsoNormal">Zoë</p></td></tr></table>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>
<p class="MsoNormal"><b>Von:</b> Ben Okafor &lt;ben@contoso.example&gt; <br><b>Gesendet:</b> Montag, 16. November 2026 09:12<br>
<b>An:</b> Launch team<br><b>Betreff:</b> Plan<o:p></o:p></p></div></div>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoNormal">Where is it?<o:p></o:p></p>
</div></body></html>"##;
    assert_snapshot!(sketch(&html(mail), 60));
}

#[test]
fn gmail_answers() {
    let mail = r##"<div dir="ltr"><div>Sounds good</div><div><br></div><span class="gmail_signature_prefix">-- </span><br>
<div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div dir="ltr">Ann<div>Team lead</div></div></div></div><br>
<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Nov 16, 2026 at 9:12 AM Ben Okafor &lt;<a
href="mailto:ben@contoso.example">ben@contoso.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote"
style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div dir="ltr">Lunch?</div><br>
<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Sun, Ann wrote:<br></div><blockquote class="gmail_quote">
Anyone hungry?<br></blockquote></div></blockquote></div>"##;
    assert_snapshot!(sketch(&html(mail), 60));
    assert_eq!(own_words(&html(mail)), "Sounds good\n-- \nAnn\nTeam lead");
}

#[test]
fn gmail_forwards() {
    let mail = r##"<div dir="ltr">FYI<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>
From: <strong class="gmail_sendername" dir="auto">Ben</strong> <span dir="auto">&lt;<a href="mailto:ben@contoso.example">ben@contoso.example</a>&gt;</span><br>
Subject: Plan<br></div><br><br><div lang="EN-US">The plan is ready.</div></div></div>"##;
    assert_snapshot!(sketch(&html(mail), 60));
}

#[test]
fn apple_mail_answers() {
    let mail = r##"<html><body style="overflow-wrap: break-word;">Yes, <i>of course</i>.<br id="lineBreakAtBeginningOfMessage"><div>
<br><blockquote type="cite"><div>On 16 Nov 2026, at 09:12, Ben Okafor &lt;ben@contoso.example&gt; wrote:</div><br
class="Apple-interchange-newline"><div><div>Shall we?</div><blockquote type="cite">Or not?</blockquote></div></blockquote></div><br></body></html>"##;
    assert_snapshot!(sketch(&html(mail), 60));
}

#[test]
fn thunderbird_answers_between_the_lines() {
    let mail = r##"<html><body><div class="moz-cite-prefix">On 16/11/2026 09:12, Ben wrote:<br></div>
<blockquote type="cite" cite="mid:1@contoso.example"><pre class="moz-quote-pre" wrap="">First question?
Second  line</pre></blockquote><p>First answer.</p>
<blockquote type="cite"><p>Second question?</p></blockquote><p>Second answer.<br></p>
<pre class="moz-signature" cols="72">-- 
Ann</pre></body></html>"##;
    assert_snapshot!(sketch(&html(mail), 60));
    assert_eq!(own_words(&html(mail)), "First answer.\nSecond answer.\n-- \nAnn");
}

#[test]
fn exchange_turns_a_plain_text_mail_into_html() {
    let mail = r##"<html><head><meta name="Generator" content="Microsoft Exchange Server"><!-- converted from text --></head>
<body><font size="2"><span style="font-size:11pt;"><div class="PlainText">Thanks!<br>
<br>
On Monday, Ben wrote:<br>
&gt; The file is at<br>
&gt; <a href="https://a.example/f">https://a.example/f</a><br>
&gt;<br>
&gt;&gt; older<br>
</div></span></font></body></html>"##;
    assert_snapshot!(sketch(&html(mail), 60));
}

#[test]
fn a_newsletter() {
    let mail = r##"<html><body style="margin:0"><div style="display:none;font-size:1px;color:#fff;max-height:0;overflow:hidden">Preview text&nbsp;&zwnj;</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="font-size:0">
<!--[if mso]><table><tr><td><![endif]-->
<table width="600" style="width:600px"><tr><td style="font-size:16px"><a href="https://news.example/?u=1"><img src="logo.png" alt="The News" width="200"></a></td></tr>
<tr><td style="font-size:16px"><h1 style="margin:0">This week</h1><p>Three things &amp; more.</p>
<a href="https://news.example/read" style="display:block;background:#07c;mso-hide:all">Read on</a></td></tr>
<tr><td style="font-size:16px"><table><tr><td><img src="f.png" width="20" alt="Facebook"></td><td><img src="x.png" width="20" alt="X"></td></tr></table></td></tr>
<tr><td style="font-size:12px;color:#999">You get this because you signed up. <a href="https://news.example/out">Unsubscribe</a></td></tr></table>
<!--[if mso]></td></tr></table><![endif]--></td></tr></table>
<img src="https://track.example/o.gif?u=1" width="1" height="1" alt=""></body></html>"##;
    assert_snapshot!(sketch(&html(mail), 60));
}

#[test]
fn what_pads_a_preview_is_not_read() {
    let padding = "&#847;&zwnj;&nbsp;&#8199;&shy;&#8203; ".repeat(40);
    for source in [
        format!("<div>News 山{padding}</div><p>Text</p>"),
        format!("<div>News 山</div><div>{padding}</div><p>Text</p>"),
        format!(
            "<div>News 山</div><div>{}</div><p>Text</p>",
            "&#8291;&#6158;&#10240;&#12644; ".repeat(40)
        ),
    ] {
        assert_eq!(text_of(&html(&source), 40), "News 山\n\nText\n", "{source}");
    }
    assert_eq!(text_of(&html("<p>Yes</p>-- <br>Jane"), 40), "Yes\n\n--\nJane\n");
}

#[test]
fn links_by_whatever_the_page_came_by_are_links() {
    let body = html("<a href='//a.example/x'>山</a> <a href='webcal://a.example/c'>b</a> <a href='/only'>c</a>");
    let typeset = typeset(&body, 40);
    let links: Vec<&str> = typeset.links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(links, ["https://a.example/x", "webcal://a.example/c"]);
}

#[test]
fn links_without_a_host_are_read_after_the_base() {
    let links = |base: &str| {
        let links =
            "<a href='/b/c'>1</a> <a href='d?e'>2</a> <a href='#f'>3</a> <a href=''>4</a> <a href='//g.example'>5</a>";
        let source = format!("<head><base href='{base}'><base href='https://z.example'></head>{links}");
        let links = typeset(&html(&source), 60).links.into_iter();
        links.map(|link| link.url).collect::<Vec<_>>()
    };
    assert_eq!(
        links(" https://a.example/x/y "),
        ["https://a.example/b/c", "https://a.example/x/d?e", "https://g.example/"]
    );
    for base in ["javascript:alert(1)", "file:///etc/", "not one", ""] {
        assert_eq!(links(base), ["https://g.example/"], "{base}");
    }
}

#[test]
fn pictures_with_small_words_are_no_small_print() {
    let offers: String = (0..12)
        .map(|n| format!("<p style='font-size:10px'><a href='https://a.example/{n}'><img alt='Offer {n}'></a></p>"))
        .collect();
    let print = "<p style='font-size:10px'>You asked for it. <a href='https://a.example/u'>Unsubscribe</a></p>";
    let parts = |source: &str| {
        let lines = typeset(&html(source), 60).lines;
        let print = lines
            .iter()
            .filter(|line| line.part == Part::SmallPrint && !line.runs.is_empty());
        print.map(Line::text).collect::<Vec<_>>()
    };
    let news = "<p>All the offers of this week, in one letter, as you like them.</p>";
    assert_eq!(parts(&format!("{news}{print}")), ["You asked for it. Unsubscribe [1]"]);
    let before_print = parts(&format!("{news}<p style='font-size:10px'>16 Nov</p>{offers}{print}"));
    assert!(
        !before_print
            .iter()
            .any(|line| line.contains("16 Nov") || line.contains("Offer 0")),
        "{before_print:?}"
    );
}
