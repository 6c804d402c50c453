//! Links and pictures of an article, made absolute for messages.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::{
    article::{
        ArticleId,
        link::{self, Target},
    },
    block::{self, Block, Span},
};

/// What a path in a URL may not have as it is; `/` stays.
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\');

/// Where visitors read an article: `public_url` has no slash at the end.
pub fn article_url(public_url: &str, id: &ArticleId) -> String {
    let anchor = id.anchor().map(|anchor| format!("#{}", encoded(anchor))).unwrap_or_default();
    format!("{public_url}/help/{}{anchor}", encoded(id.file()))
}

/// Where a picture of the knowledge base is served.
pub fn asset_url(public_url: &str, path: &str) -> String {
    format!("{public_url}/help/assets/{}", encoded(path))
}

/// The blocks of an article with links that work anywhere. A link that leads nowhere becomes plain text.
pub fn absolute(blocks: &[Block], from: &ArticleId, public_url: &str) -> Vec<Block> {
    let links = Links { from, public_url };
    blocks.iter().map(|block| links.block(block)).collect()
}

struct Links<'a> {
    from: &'a ArticleId,
    public_url: &'a str,
}

impl Links<'_> {
    fn block(&self, block: &Block) -> Block {
        match block {
            Block::Paragraph { spans } => Block::Paragraph { spans: self.spans(spans) },
            Block::Heading { level, spans } => Block::Heading { level: *level, spans: self.spans(spans) },
            Block::Quote { blocks } => Block::Quote { blocks: self.blocks(blocks) },
            Block::Code { .. } => block.clone(),
            Block::List { ordered, items } => {
                Block::List { ordered: *ordered, items: items.iter().map(|item| self.blocks(item)).collect() }
            }
            Block::Table { head, rows } => {
                Block::Table { head: self.cells(head), rows: rows.iter().map(|row| self.cells(row)).collect() }
            }
            Block::Image { src, alt } => match self.target(src) {
                Some(src) => Block::Image { src, alt: alt.clone() },
                None => Block::Paragraph { spans: vec![Span::plain(alt)] },
            },
        }
    }

    fn blocks(&self, blocks: &[Block]) -> Vec<Block> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn cells(&self, cells: &[Vec<Span>]) -> Vec<Vec<Span>> {
        cells.iter().map(|cell| self.spans(cell)).collect()
    }

    fn spans(&self, spans: &[Span]) -> Vec<Span> {
        let span = |span: &Span| Span { href: span.href.as_deref().and_then(|href| self.target(href)), ..span.clone() };
        spans.iter().map(span).collect()
    }

    fn target(&self, target: &str) -> Option<String> {
        match link::resolve(self.from, target) {
            Target::Article(id) => Some(article_url(self.public_url, &id)),
            Target::File(path) => Some(asset_url(self.public_url, &path)),
            Target::Folder(_) => Some(format!("{}/help", self.public_url)),
            Target::Elsewhere => block::is_safe_link(target).then(|| target.to_owned()),
            Target::Outside => None,
        }
    }
}

fn encoded(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::read_page;

    #[test]
    fn every_link_works_anywhere() {
        let page = read_page(
            "returns/how.md",
            "[a](window.md) [b](../delivery/time.md#when) [c](https://x.example) [d](javascript:x) [e](../../etc.md)\n\n\
             - ![Label](label%20one.png)",
        );
        let article = page.article;
        let blocks = absolute(&article.body, &article.id, "https://desk.example");
        let json = serde_json::to_string(&blocks).unwrap();
        for link in [
            "\"href\":\"https://desk.example/help/returns/window\"",
            "\"href\":\"https://desk.example/help/delivery/time#when\"",
            "\"href\":\"https://x.example\"",
            "\"src\":\"https://desk.example/help/assets/returns/label%20one.png\"",
        ] {
            assert!(json.contains(link), "{link} in {json}");
        }
        assert_eq!(json.matches("href").count(), 3, "{json}");
    }
}
