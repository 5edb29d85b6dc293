//! The simplex method of our own: small programs against all their vertices, proofs that nothing fits in exact
//! numbers, and chains of changes from one basis to the next.

use super::{INFINITY, near};
use shotplan::formulate::program::{Column, ColumnKind, Program, Row, RowKind, Sense};
use shotplan::solve::linear::{
    Answer, Backend, Settings, Status, solve, solve_from, solve_like, with_basis,
};

/// Numbers that look drawn: the same ones for the same seed.
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as i64).rem_euclid(end)
    }

    fn from(&mut self, low: i64, high: i64) -> f64 {
        (low + self.below(high - low + 1)) as f64
    }

    fn sense(&mut self) -> Sense {
        [Sense::AtMost, Sense::AtLeast, Sense::Equal][self.below(3) as usize]
    }
}

fn columns(program: &Program) -> Vec<Column> {
    program.column_ids().collect()
}

fn rows(program: &Program) -> Vec<Row> {
    program.row_ids().collect()
}

fn simplex() -> Settings {
    Settings::only(Backend::Simplex)
}

/// Up to three columns in a box of small numbers and up to four rows: many ties, many without a solution.
fn small(draws: &mut Draws) -> Program {
    let mut program = Program::new();
    let count = draws.from(1, 3) as usize;
    for _ in 0..count {
        let lower = draws.from(-3, 2);
        let upper = lower + draws.from(0, 5);
        let cost = draws.from(-4, 4);
        program.column(lower, upper, cost);
    }
    for _ in 0..draws.from(1, 4) as usize {
        let entries: Vec<_> =
            columns(&program).into_iter().map(|column| (column, draws.from(-2, 3))).collect();
        let (sense, side) = (draws.sense(), draws.from(-5, 8));
        program.row(sense, side, entries);
    }
    program
}

/// All rows and bounds as `factors · x ≤ side`.
fn half_spaces(program: &Program) -> Vec<(Vec<f64>, f64)> {
    let mut all = Vec::new();
    for (at, column) in program.column_ids().enumerate() {
        let (lower, upper) = program.bounds(column);
        let mut unit = vec![0.0; program.columns()];
        unit[at] = 1.0;
        all.push((unit.clone(), upper));
        unit[at] = -1.0;
        all.push((unit, -lower));
    }
    for row in program.row_ids() {
        let mut factors = vec![0.0; program.columns()];
        for &(column, factor) in program.row_entries(row) {
            factors[column.index()] = factor;
        }
        let negated: Vec<f64> = factors.iter().map(|factor| -factor).collect();
        let (sense, side) = program.side(row);
        if sense != Sense::AtLeast {
            all.push((factors, side));
        }
        if sense != Sense::AtMost {
            all.push((negated, -side));
        }
    }
    all
}

/// The point on so many hyperplanes, if there is one.
fn crossing(planes: &[&(Vec<f64>, f64)]) -> Option<Vec<f64>> {
    let n = planes.len();
    let mut table: Vec<Vec<f64>> = planes
        .iter()
        .map(|(factors, side)| factors.iter().copied().chain([*side]).collect())
        .collect();
    for at in 0..n {
        let best = (at..n).max_by(|&a, &b| table[a][at].abs().total_cmp(&table[b][at].abs()))?;
        table.swap(at, best);
        if table[at][at].abs() < 1e-9 {
            return None;
        }
        let pivot = table[at].clone();
        for (row, own) in table.iter_mut().enumerate() {
            if row != at {
                let factor = own[at] / pivot[at];
                own.iter_mut().zip(&pivot).for_each(|(own, other)| *own -= factor * other);
            }
        }
    }
    Some((0..n).map(|at| table[at][n] / table[at][at]).collect())
}

/// The least value over all vertices of a program in a box.
fn best_vertex(program: &Program) -> Option<f64> {
    let planes = half_spaces(program);
    let n = program.columns();
    let mut best: Option<f64> = None;
    let mut chosen: Vec<usize> = (0..n).collect();
    loop {
        let picked: Vec<_> = chosen.iter().map(|&at| &planes[at]).collect();
        if let Some(x) = crossing(&picked) {
            let fits = planes.iter().all(|(factors, side)| {
                factors.iter().zip(&x).map(|(factor, x)| factor * x).sum::<f64>() <= side + 1e-7
            });
            let value = program.value(&x);
            if fits && best.is_none_or(|known| value < known) {
                best = Some(value);
            }
        }
        // The next choice of n of the planes.
        let Some(at) = (0..n).rev().find(|&at| chosen[at] < planes.len() - n + at) else {
            return best;
        };
        chosen[at] += 1;
        for later in at + 1..n {
            chosen[later] = chosen[later - 1] + 1;
        }
    }
}

/// Whether rows taken so often add up to something that nothing fits, in whole numbers: the factors are rounded
/// to 2⁻²⁰, and any factors of the right signs will do.
fn shows_that_nothing_fits(program: &Program, ray: &[f64]) -> bool {
    let largest = ray.iter().fold(1e-300, |most: f64, own| most.max(own.abs()));
    let mut sums = vec![0_i128; program.columns()];
    let mut side = 0_i128;
    for (row, own) in program.row_ids().zip(ray) {
        let (sense, rhs) = program.side(row);
        let own = (own / largest * f64::from(1 << 20)).round() as i128;
        let own = match sense {
            Sense::AtMost => own.min(0),
            Sense::AtLeast => own.max(0),
            Sense::Equal => own,
        };
        side += own * rhs as i128;
        for &(column, factor) in program.row_entries(row) {
            sums[column.index()] += own * factor as i128;
        }
    }
    // Σ own × row ≥ side must hold; the most that the sum can be is less.
    let most: i128 = program
        .column_ids()
        .zip(sums)
        .map(|(column, sum)| {
            let (lower, upper) = program.bounds(column);
            (sum * lower as i128).max(sum * upper as i128)
        })
        .sum();
    most < side
}

#[test]
fn small_programs_agree_with_all_their_vertices() {
    let mut draws = Draws(7);
    let (mut solved, mut empty) = (0, 0);
    for case in 0..600 {
        let program = small(&mut draws);
        let answer = solve(&program, &simplex());
        match best_vertex(&program) {
            Some(value) => {
                assert_eq!(answer.status, Status::Optimal, "case {case}: {:?}", answer.tried);
                near(answer.value, value);
                assert!(answer.safe_bound() <= value + 1e-9, "case {case}");
                near(answer.safe_bound(), value);
                assert!(answer.basis.is_some());
                solved += 1;
            }
            None => {
                assert_eq!(answer.status, Status::Infeasible, "case {case}: {:?}", answer.tried);
                assert!(shows_that_nothing_fits(&program, &answer.duals), "case {case}");
                empty += 1;
            }
        }
    }
    assert!(solved > 150 && empty > 100, "{solved} solved, {empty} without a solution");
}

#[test]
fn columns_without_bounds_and_values_without_end_agree_with_the_interior_point() {
    let mut draws = Draws(11);
    let (mut solved, mut endless) = (0, 0);
    for case in 0..300 {
        let mut program = Program::new();
        for _ in 0..draws.from(2, 5) as usize {
            let lower = if draws.below(3) == 0 { -INFINITY } else { draws.from(-3, 2) };
            let upper = if draws.below(3) == 0 { draws.from(2, 9) } else { INFINITY };
            let cost = draws.from(-1, 4);
            program.column(lower, upper, cost);
        }
        for _ in 0..draws.from(1, 5) as usize {
            let own = columns(&program);
            let entries: Vec<_> =
                own.into_iter().map(|column| (column, draws.from(-2, 3))).collect();
            let (sense, side) = (draws.sense(), draws.from(-5, 8));
            program.row(sense, side, entries);
        }
        let answer = solve(&program, &simplex());
        let other = solve(&program, &Settings::only(Backend::Clarabel));
        if other.status == Status::Undecided {
            continue;
        }
        assert_eq!(answer.status, other.status, "case {case}: {:?}", answer.tried);
        match answer.status {
            Status::Optimal => {
                near(answer.value, other.value);
                solved += 1;
            }
            Status::Unbounded => endless += 1,
            _ => {}
        }
    }
    assert!(solved > 60 && endless > 30, "{solved} solved, {endless} without an end");
}

/// Columns and rows of a transport, with ties everywhere: degenerate at each vertex.
fn transport(draws: &mut Draws, size: usize) -> Program {
    let mut program = Program::new();
    for _ in 0..size * size {
        let cost = draws.from(1, 4);
        program.column(0.0, INFINITY, cost);
    }
    let cells = columns(&program);
    for at in 0..size {
        program.row(Sense::AtMost, 2.0, (0..size).map(|other| (cells[at * size + other], 1.0)));
        program.row(Sense::AtLeast, 2.0, (0..size).map(|other| (cells[other * size + at], 1.0)));
    }
    program
}

#[test]
fn ties_everywhere_do_not_make_it_go_round_in_circles() {
    let mut draws = Draws(3);
    for size in [3, 5, 8, 12] {
        let program = transport(&mut draws, size);
        let answer = solve(&program, &simplex());
        let other = solve(&program, &Settings::only(Backend::Clarabel));
        near(answer.value, other.value);
        // Whole right-hand sides: a vertex of a transport is whole.
        assert!(answer.columns.iter().all(|value| (value - value.round()).abs() < 1e-9));
    }
}

/// Work in windows of weeks, by four crews who help each other out: all time costs the same but for a hair.
fn nearly_equal_costs(draws: &mut Draws, weeks: usize, works: usize) -> Program {
    const CREWS: usize = 4;
    let mut program = Program::new();
    let nearly = |draws: &mut Draws, most: f64, cost: f64, program: &mut Program| {
        program.column(0.0, most, cost + draws.from(0, 200) * 1e-10)
    };
    let mut used: Vec<Vec<(Column, f64)>> = vec![Vec::new(); CREWS * weeks];
    for _ in 0..works {
        let from = draws.below(weeks as i64) as usize;
        let to = (from + draws.below(8) as usize).min(weeks - 1);
        let crew = draws.below(CREWS as i64) as usize;
        let days = draws.from(1, 9) / 4.0;
        let mut done = vec![(program.column(0.0, days, 9.0), 1.0)];
        for week in from..=to {
            let column = nearly(draws, days, 1.0, &mut program);
            done.push((column, 1.0));
            used[crew * weeks + week].push((column, 1.0));
        }
        program.row(Sense::Equal, days, done);
    }
    let load = works as f64 / (CREWS * weeks) as f64;
    for week in 0..weeks {
        for crew in 0..CREWS {
            for other in 1..3 {
                let most = load * draws.from(5, 16) / 10.0;
                let [own, lent] = [program.column(0.0, most, 0.0), program.column(0.0, most, 0.0)];
                program.row(Sense::AtMost, most, [(own, 1.0), (lent, 1.0)]);
                used[crew * weeks + week].push((own, -1.0));
                let speed = draws.from(3, 12) / 7.0;
                used[(crew + other) % CREWS * weeks + week].push((lent, -speed));
            }
            let extra = nearly(draws, 2.0, 2.0, &mut program);
            used[crew * weeks + week].push((extra, -1.0));
        }
    }
    for own in used {
        program.row(Sense::AtMost, 0.0, own);
    }
    program
}

#[test]
fn costs_that_differ_by_a_hair_do_not_make_it_go_round_in_circles() {
    for seed in 0..32 {
        let program = nearly_equal_costs(&mut Draws(seed), 10, 200);
        let answer = solve(&program, &simplex());
        assert!(answer.is_optimal(), "{seed}: {:?}", answer.tried);
    }
}

/// Weeks of work by departments: capacity, order between them, overtime at a price, lateness.
fn weeks(draws: &mut Draws, count: usize) -> Program {
    let mut program = Program::new();
    let mut before: Vec<Column> = Vec::new();
    for department in 0..3 {
        let done: Vec<Column> = (0..count).map(|_| program.column(0.0, 40.0, 0.0)).collect();
        for week in 0..count {
            let most = draws.from(1, 4);
            let extra = program.column(0.0, most, 7.0 + department as f64);
            let days = draws.from(3, 8);
            let mut own = vec![(done[week], 1.0), (extra, -1.0)];
            if week > 0 {
                own.push((done[week - 1], -1.0));
                program.row(Sense::AtLeast, 0.0, [(done[week], 1.0), (done[week - 1], -1.0)]);
            }
            program.row(Sense::AtMost, days, own);
            if let Some(&first) = before.get(week) {
                program.row(Sense::AtMost, 0.0, [(done[week], 1.0), (first, -1.0)]);
            }
            if department == 2 {
                let cost = draws.from(1, 6);
                let late = program.column(0.0, INFINITY, cost);
                program.row(Sense::AtLeast, 30.0, [(late, 1.0), (done[week], 1.0)]);
            }
        }
        before = done;
    }
    program
}

fn agree(found: &Answer, expected: &Answer, what: &str) {
    assert_eq!(found.status, expected.status, "{what}: {:?} {:?}", found.tried, expected.tried);
    if expected.is_optimal() {
        near(found.value, expected.value);
        assert!(
            found.safe_bound() <= expected.value + 1e-6 * (1.0 + expected.value.abs()),
            "{what}"
        );
    }
}

#[test]
fn from_a_basis_is_as_good_as_from_nothing_through_fifty_changes() {
    for seed in 0..12 {
        let mut draws = Draws(100 + seed);
        let mut program = weeks(&mut draws, 6 + seed as usize);
        let mut answer = solve(&program, &simplex());
        let (mut kept, mut again) = (answer.basis.clone().expect("a vertex"), 0);
        for change in 0..50 {
            let before = program.clone();
            match draws.below(3) {
                0 => {
                    let all = rows(&program);
                    let row = all[draws.below(all.len() as i64) as usize];
                    program.add_room(row, draws.from(-2, 2));
                }
                1 => {
                    let all = columns(&program);
                    let column = all[draws.below(all.len() as i64) as usize];
                    let lower = draws.from(0, 2);
                    let upper = lower + draws.from(0, 9);
                    program.set_bounds(column, lower, upper);
                }
                _ => {
                    let all = columns(&program);
                    let column = all[draws.below(all.len() as i64) as usize];
                    program.set_cost(column, draws.from(-1, 9));
                }
            }
            answer = solve_from(&program, &kept, &simplex());
            let what = format!("seed {seed}, change {change}");
            agree(&answer, &solve(&program, &simplex()), &what);
            agree(&answer, &solve(&program, &Settings::default()), &what);
            match &answer.basis {
                Some(basis) => {
                    kept = basis.clone();
                    again += 1;
                }
                None => program = before, // nothing fits, or there is no end
            }
        }
        assert!(again >= 25, "seed {seed}: {again}");
    }
}

#[test]
fn an_interior_point_leads_to_a_vertex_with_its_value() {
    for seed in 0..20 {
        let mut draws = Draws(500 + seed);
        let program = weeks(&mut draws, 10);
        let settings = Settings::only(Backend::Clarabel);
        let inside = solve(&program, &settings);
        assert!(inside.basis.is_none());
        let answer = with_basis(&program, inside.clone(), &settings, &|| false);
        assert_eq!((&answer.columns, &answer.duals), (&inside.columns, &inside.duals));
        let basis = answer.basis.expect("a vertex near it");
        // Nothing has changed: the vertex is the answer.
        let vertex = solve_from(&program, &basis, &simplex());
        assert_eq!(vertex.backend, Some(Backend::Simplex));
        near(vertex.value, inside.value);
    }
}

#[test]
fn a_program_built_anew_goes_on_from_the_old_basis_by_kind() {
    let build = |weeks: u32, days: f64| {
        let mut program = Program::new();
        for week in 0..weeks {
            let work = program.column_of(ColumnKind::Overtime { crew: 0, week }, 0.0, 9.0, 2.0);
            let kind = RowKind::WorkDone { group: week };
            program.row_of(kind, Sense::AtLeast, days, [(work, 1.0)]);
        }
        program
    };
    let before = build(5, 3.0);
    let answer = solve(&before, &simplex());
    for (weeks, days) in [(4, 3.0), (6, 3.0), (7, 2.0), (5, 4.0)] {
        let program = build(weeks, days);
        let again = solve_like(&program, (&before, &answer), &simplex());
        near(again.value, 2.0 * f64::from(weeks) * days);
    }
}

#[test]
fn numbers_that_are_far_apart_are_refused_or_right() {
    let mut draws = Draws(23);
    for case in 0..200 {
        let mut program = Program::new();
        let size = |draws: &mut Draws| 10.0_f64.powi(draws.from(-9, 9) as i32);
        for _ in 0..4 {
            let upper = size(&mut draws);
            let cost = size(&mut draws) * draws.from(-1, 1);
            program.column(0.0, upper, cost);
        }
        for _ in 0..4 {
            let own = columns(&program);
            let entries: Vec<_> = own
                .into_iter()
                .map(|column| (column, size(&mut draws) * draws.from(-1, 1)))
                .collect();
            let sense = draws.sense();
            let side = size(&mut draws) * draws.from(-1, 1);
            program.row(sense, side, entries);
        }
        let answer = solve(&program, &simplex());
        if answer.is_optimal() {
            assert!(answer.primal_residual <= 1e-6 && answer.duality_gap <= 1e-6, "case {case}");
        }
        // Any basis may be handed in, also one that fits nothing.
        if let Some(basis) = &answer.basis {
            let other = weeks(&mut draws, 2);
            assert!(solve_from(&other, basis, &simplex()).is_optimal());
        }
    }
}
