//! The reliability as a picture: a bar for each tenth of confidence, and the line that it should touch.

use std::fmt::Write as _;

use crate::answer::calibration::Bin;

const SIZE: f32 = 400.0;
const EDGE: f32 = 50.0;

/// The picture as SVG.
pub(super) fn plot(bins: &[Bin]) -> String {
    let whole = SIZE + 2.0 * EDGE;
    let bottom = EDGE + SIZE;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <title>How often answers of each confidence are right</title>\n\
         <rect width=\"{whole}\" height=\"{whole}\" fill=\"#ffffff\"/>\n"
    );
    let all: f32 = bins.iter().map(|bin| bin.weight).sum();
    for bin in bins.iter().filter(|bin| bin.weight > 0.0) {
        let (x, width, height) = (EDGE + bin.from * SIZE, SIZE / bins.len() as f32 - 4.0, bin.right * SIZE);
        let share = bin.weight / all.max(f32::MIN_POSITIVE) * 100.0;
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"#3b6ea5\"><title>{share:.1} % of the questions; {:.0} % right</title></rect>",
            x + 2.0,
            bottom - height,
            bin.right * 100.0
        );
        let _ = writeln!(
            svg,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"#c0392b\"/>",
            EDGE + bin.confidence * SIZE,
            bottom - bin.confidence * SIZE
        );
    }
    let _ = writeln!(
        svg,
        "<path d=\"M{EDGE} {bottom} L{bottom} {EDGE}\" stroke=\"#c0392b\" fill=\"none\"/>\n\
         <path d=\"M{EDGE} {EDGE} V{bottom} H{bottom}\" stroke=\"#222222\" fill=\"none\"/>"
    );
    for tick in [0.0, 0.5, 1.0_f32] {
        let along = tick * SIZE;
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{tick}</text><text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{tick}</text>",
            EDGE + along,
            bottom + 18.0,
            EDGE - 6.0,
            bottom - along + 4.0
        );
    }
    let middle = EDGE + SIZE / 2.0;
    let _ = writeln!(svg, "<text x=\"{middle}\" y=\"{:.0}\" text-anchor=\"middle\">confidence</text>", bottom + 36.0);
    let _ = writeln!(svg, "<text x=\"{middle}\" y=\"30\" text-anchor=\"middle\">share that was right</text>\n</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_bar_for_each_tenth_that_has_questions() {
        let bin = |from, weight| Bin { from, weight, confidence: from + 0.05, right: 0.5 };
        let svg = plot(&[bin(0.0, 2.0), bin(0.1, 0.0), bin(0.2, 1.0)]);
        assert_eq!(svg.matches("% right</title>").count(), 2);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    }
}
