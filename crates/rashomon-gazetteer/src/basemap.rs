//! Where are coast and borders? Lines for a small static map, from Natural Earth 1:50m (public domain).
//!
//! ```
//! use rashomon_gazetteer::basemap::{Bounds, lines_in};
//! let lines = lines_in(Bounds { west: 34.0, south: 33.0, east: 38.0, north: 37.0 });
//! assert!(lines.iter().any(|line| line.border) && lines.iter().any(|line| !line.border));
//! ```
//!
//! The file (made by `tools/gazetteer/basemap.py`, which tells its format) is walked line by line; lines whose box lies
//! outside the bounds are skipped unread, so a look-up costs about a millisecond.

/// The embedded lines.
static LINES: &[u8] = include_bytes!("../data/basemap.bin");
/// Steps a degree.
const UNIT: f32 = 180.0;
/// Bytes before the points of a line: flag, count, box, first point.
const HEAD: usize = 15;

/// A box on the map in degrees; `west` is not above `east` (a box over the date line is asked for in two halves).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Western edge.
    pub west: f32,
    /// Southern edge.
    pub south: f32,
    /// Eastern edge.
    pub east: f32,
    /// Northern edge.
    pub north: f32,
}

/// A polyline of the base map.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// A border between two countries, or else coast.
    pub border: bool,
    /// Points as (longitude, latitude) in degrees; at least two.
    pub points: Vec<(f32, f32)>,
}

/// The lines that may cross the bounds, whole (the drawer clips), in file order.
#[must_use]
pub fn lines_in(bounds: Bounds) -> Vec<Line> {
    let mut found = Vec::new();
    let mut at = 12;
    while let Some(head) = LINES.get(at..at + HEAD) {
        let number = |i: usize| i16::from_le_bytes([head[i], head[i + 1]]);
        let count = usize::from(u16::from_le_bytes([head[1], head[2]]));
        let [west, south, east, north] = [3, 5, 7, 9].map(|i| f32::from(number(i)) / UNIT);
        let steps = LINES.get(at + HEAD..at + HEAD + 2 * count.saturating_sub(1)).unwrap_or(&[]);
        let meets = west <= bounds.east && east >= bounds.west && south <= bounds.north && north >= bounds.south;
        if meets {
            found.push(Line { border: head[0] == 1, points: points((number(11), number(13)), steps) });
        }
        at += HEAD + steps.len();
    }
    found
}

/// The points of a line from its first point and its steps.
fn points(first: (i16, i16), steps: &[u8]) -> Vec<(f32, f32)> {
    let (mut x, mut y) = (i32::from(first.0), i32::from(first.1));
    let mut points = Vec::with_capacity(steps.len() / 2 + 1);
    #[allow(clippy::cast_precision_loss)]
    let degrees = |x: i32, y: i32| (x as f32 / UNIT, y as f32 / UNIT);
    points.push(degrees(x, y));
    for step in steps.chunks_exact(2) {
        x += i32::from(i8::from_le_bytes([step[0]]));
        y += i32::from(i8::from_le_bytes([step[1]]));
        points.push(degrees(x, y));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_whole() {
        let world = lines_in(Bounds { west: -180.0, south: -90.0, east: 180.0, north: 90.0 });
        assert!(world.len() > 1000, "{}", world.len());
        let inside = |(x, y): &(f32, f32)| (-180.1..=180.1).contains(x) && (-90.1..=90.1).contains(y);
        assert!(world.iter().all(|line| line.points.len() >= 2 && line.points.iter().all(inside)));
        assert!(LINES.len() <= 600_000);
    }

    #[test]
    fn mid_ocean_is_empty() {
        assert!(lines_in(Bounds { west: -30.0, south: -40.0, east: -29.0, north: -39.0 }).is_empty());
    }
}
