//! Where? A small map drawn as SVG: places of an incident over coasts and borders.
//!
//! The lines come from whoever calls ([`Basemap`]); this module only projects, clips and draws. Equirectangular with the
//! scale of the middle latitude: true enough for the few degrees shown.

use crate::html::page::Page;
use rashomon_model::place::Place;

/// A window on the globe in degrees; `west` may not exceed `east`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Between land and water.
    Coast,
    /// Between countries.
    Border,
}

/// A line of the background: points as (longitude, latitude) in degrees.
#[derive(Debug, Clone, PartialEq)]
pub struct MapLine {
    /// What it is.
    pub kind: LineKind,
    /// Its points in order.
    pub points: Vec<(f64, f64)>,
}

/// Gives the lines that cross a window.
pub type Basemap<'a> = dyn Fn(Bounds) -> Vec<MapLine> + 'a;

/// Width of the drawing in its own units.
const WIDTH: f64 = 360.0;
/// Height of the drawing in its own units.
const HEIGHT: f64 = 260.0;
/// Least height of the window in degrees (about 170 km), so that a single place has surroundings.
const LEAST: f64 = 1.5;

struct Projection {
    bounds: Bounds,
    scale: f64,
    squeeze: f64,
}

impl Projection {
    /// A window of the drawing's shape around the places; around the finer ones, where there are such.
    fn around(places: &[&Place]) -> Option<Self> {
        let fine = places.iter().any(|p| !p.is_area());
        let on_globe = |p: &&&Place| p.latitude.abs() <= 90.0 && p.longitude.abs() <= 180.0;
        let known = || places.iter().filter(on_globe).filter(|p| !fine || !p.is_area());
        let fold = |pick: fn(&Place) -> f64| {
            known()
                .map(|p| pick(p))
                .fold(None, |ends: Option<(f64, f64)>, x| Some(ends.map_or((x, x), |(lo, hi)| (lo.min(x), hi.max(x)))))
        };
        let (south, north) = fold(|p| p.latitude)?;
        let (west, east) = fold(|p| p.longitude)?;
        let middle = ((south + north) / 2.0, (west + east) / 2.0);
        let squeeze = middle.0.to_radians().cos().max(0.1);
        let tall = ((north - south) * 1.6).max((east - west) * 1.6 * squeeze * HEIGHT / WIDTH);
        let tall = tall.clamp(LEAST, 170.0);
        let wide = tall * WIDTH / HEIGHT / squeeze;
        Some(Self {
            bounds: Bounds {
                west: middle.1 - wide / 2.0,
                east: middle.1 + wide / 2.0,
                south: middle.0 - tall / 2.0,
                north: middle.0 + tall / 2.0,
            },
            scale: HEIGHT / tall,
            squeeze,
        })
    }

    fn point(&self, longitude: f64, latitude: f64) -> (f64, f64) {
        ((longitude - self.bounds.west) * self.squeeze * self.scale, (self.bounds.north - latitude) * self.scale)
    }

    fn kilometres(&self, km: f64) -> f64 {
        km / 111.195 * self.scale
    }
}

/// The part of a segment inside the drawing (Liang and Barsky 1984), with a margin of 4 units.
fn clip(a: (f64, f64), b: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut from, mut to) = (0.0f64, 1.0f64);
    for (p, q) in [(-dx, a.0 + 4.0), (dx, WIDTH + 4.0 - a.0), (-dy, a.1 + 4.0), (dy, HEIGHT + 4.0 - a.1)] {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    (from < to).then_some(((a.0 + from * dx, a.1 + from * dy), (a.0 + to * dx, a.1 + to * dy)))
}

/// SVG path data of a line, clipped; points nearer than half a unit to the last are dropped.
fn path(projection: &Projection, line: &MapLine) -> String {
    let mut data = String::new();
    let mut pen: Option<(f64, f64)> = None;
    let points: Vec<_> = line
        .points
        .iter()
        .map(|&(lon, lat)| projection.point(lon, lat))
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .collect();
    let mut last: Option<(f64, f64)> = None;
    for (i, &here) in points.iter().enumerate() {
        let Some(before) = last else {
            last = Some(here);
            continue;
        };
        let near = (here.0 - before.0).abs() + (here.1 - before.1).abs() < 0.5;
        if near && i + 1 < points.len() {
            continue;
        }
        if let Some((a, b)) = clip(before, here) {
            if pen.is_none_or(|p| (p.0 - a.0).abs() + (p.1 - a.1).abs() > 0.01) {
                data.push_str(&format!("M{:.1} {:.1}", a.0, a.1));
            }
            data.push_str(&format!("L{:.1} {:.1}", b.0, b.1));
            pen = Some(b);
        } else {
            pen = None;
        }
        last = Some(here);
    }
    data
}

/// A round number of kilometres that fills about a quarter of the width.
fn scale_bar(projection: &Projection) -> (f64, f64) {
    let fits = |km: &&f64| projection.kilometres(**km) <= WIDTH * 0.3;
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0];
    let km = steps.iter().rev().find(fits).copied().unwrap_or(1.0);
    (km, projection.kilometres(km))
}

/// Draws the map; nothing if no place has coordinates.
pub(crate) fn map(page: &mut Page, id: &str, places: &[&Place], basemap: Option<&Basemap<'_>>) {
    let Some(projection) = Projection::around(places) else {
        return;
    };
    let names: Vec<String> = places.iter().map(|p| p.name.clone()).collect();
    let label = format!("Map showing {}", crate::wording::list(&names));
    let view = format!("0 0 {WIDTH} {HEIGHT}");
    let clip_id = format!("{id}-frame");
    page.el("svg", &[("class", "map"), ("viewBox", &view), ("role", "img"), ("aria-label", &label)], |page| {
        let (w, h) = (WIDTH.to_string(), HEIGHT.to_string());
        page.el("clipPath", &[("id", &clip_id)], |page| {
            page.empty("rect", &[("width", &w), ("height", &h)]);
        });
        let url = format!("url(#{clip_id})");
        page.el("g", &[("clip-path", &url)], |page| {
            page.empty("rect", &[("class", "map-ground"), ("width", &w), ("height", &h)]);
            for line in basemap.map(|lines| lines(projection.bounds)).unwrap_or_default() {
                let data = path(&projection, &line);
                if !data.is_empty() {
                    let class = match line.kind {
                        LineKind::Coast => "map-coast",
                        LineKind::Border => "map-border",
                    };
                    page.empty("path", &[("class", class), ("d", &data)]);
                }
            }
            marks(page, &projection, places);
        });
        let (km, length) = scale_bar(&projection);
        let bar = format!("M12 {y}v5h{length:.1}v-5", y = HEIGHT - 17.0);
        page.empty("path", &[("class", "map-scale"), ("d", &bar)]);
        let (x, y) = (format!("{:.1}", 17.0 + length), format!("{:.1}", HEIGHT - 10.0));
        page.plain_leaf("text", &[("class", "map-note"), ("x", &x), ("y", &y)], &format!("{km} km"));
    });
}

/// A rectangle of the drawing: left, top, right, bottom.
type Frame = (f64, f64, f64, f64);

fn meet(a: Frame, b: Frame) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// Dots with their radius of precision, then names where there is room: right, left, above or below of the dot, those of
/// the finest places first. A name without room is left to the list under the map.
fn marks(page: &mut Page, projection: &Projection, places: &[&Place]) {
    let at = |v: f64| format!("{v:.1}");
    let mut taken: Vec<Frame> = vec![(0.0, HEIGHT - 24.0, WIDTH * 0.45, HEIGHT)];
    let mut named: Vec<&str> = Vec::new();
    let placed = || {
        places
            .iter()
            .map(|place| (*place, projection.point(place.longitude, place.latitude)))
            .filter(|(_, (x, y))| (0.0..=WIDTH).contains(x) && (0.0..=HEIGHT).contains(y))
    };
    for (place, (x, y)) in placed().filter(|(place, _)| !place.is_area()) {
        let (cx, cy) = (at(x), at(y));
        let radius = projection.kilometres(place.radius_km.clamp(0.0, 20_000.0));
        if radius > 4.0 {
            page.empty("circle", &[("class", "map-radius"), ("cx", &cx), ("cy", &cy), ("r", &at(radius))]);
        }
        page.empty("circle", &[("class", "map-dot"), ("cx", &cx), ("cy", &cy), ("r", "4")]);
        taken.push((x - 4.0, y - 4.0, x + 4.0, y + 4.0));
    }
    let (areas, spots): (Vec<_>, Vec<_>) = placed().partition(|(place, _)| place.is_area());
    for (place, (x, y)) in spots.into_iter().chain(areas) {
        let words = crate::index::shorten(&place.name, 28);
        if named.contains(&place.name.as_str()) {
            continue;
        }
        // About 7.8 units a letter at 14 units bold; names are not measured, so a little generous.
        let wide = 7.8 * f64::from(u32::try_from(words.chars().count()).unwrap_or(0));
        let spot: &[(&'static str, f64, f64)] = if place.is_area() {
            &[("middle", 0.0, 4.5)]
        } else {
            &[("start", 8.0, 4.5), ("end", -8.0, 4.5), ("middle", 0.0, -9.0), ("middle", 0.0, 19.0)]
        };
        let free = spot.iter().find_map(|&(anchor, dx, dy)| {
            let left = match anchor {
                "start" => x + dx,
                "end" => x + dx - wide,
                _ => x + dx - wide / 2.0,
            };
            let frame = (left, y + dy - 11.0, left + wide, y + dy + 3.0);
            let inside = frame.0 >= 0.0 && frame.2 <= WIDTH && frame.1 >= 0.0 && frame.3 <= HEIGHT;
            let room = inside && !taken.iter().any(|other| meet(*other, frame));
            room.then_some((anchor, x + dx, y + dy, frame))
        });
        if let Some((anchor, tx, ty, frame)) = free {
            taken.push(frame);
            named.push(&place.name);
            let class = if place.is_area() { "map-area" } else { "map-name" };
            let attrs = [("class", class), ("x", &at(tx)), ("y", &at(ty)), ("text-anchor", anchor)];
            page.plain_leaf("text", &attrs, &words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clips_to_the_frame() {
        assert_eq!(clip((-100.0, -100.0), (-50.0, -20.0)), None);
        let (a, b) = clip((-100.0, 50.0), (500.0, 50.0)).unwrap();
        assert_eq!((a.0, b.0), (-4.0, WIDTH + 4.0));
    }
}
