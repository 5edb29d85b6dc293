//! Damaged instances: an error that names the line, and never a panic.

use super::solved::steps;
use super::texts::{self, ALL};
use shotplan::read::library::instance;
use shotplan::solve::project::solve;
use shotplan::verify::library::faults;

#[test]
fn errors_name_the_line_and_what_was_expected() {
    let error = |text: &str| instance(text).unwrap_err().to_string();
    assert_eq!(
        error(&texts::PSPLIB.replace("   3        1          1           5", "   3 1 1 9")),
        "line 16: expected a successor of task 3, found `9`"
    );
    assert_eq!(
        error(&texts::PSPLIB.replace("4      1     2       2", "4      1     two     2")),
        "line 26: expected the duration of mode 1 of task 4, found `two`"
    );
    assert_eq!(
        error(&texts::PATTERSON.replace("0 0 0\n", "")),
        "line 6: expected the duration of task 5, found the end of the file"
    );
    assert_eq!(
        error(&texts::PROGEN_MAX.replace("[-4]", "[x]")),
        "line 4: expected the lag from task 2 to 1, found `x`"
    );
    // Nothing is longer than all that a clock of this size can count, not even what looks back.
    for lag in ["2147483647", "-2147483647", "-2147483648"] {
        let told = error(&texts::PROGEN_MAX.replace("-4", lag));
        assert!(told.contains("lags of at most 16 million"), "{lag}: {told}");
    }
    assert_eq!(
        error(&texts::PROJECTS.replace("2:3", "2:4")),
        "line 12: expected a successor of task 2:2 as project:task, found `2:4`"
    );
    assert_eq!(
        error(&texts::MSPSP.replace("false,true, |]", "maybe,true, |]")),
        "line 11: expected a value of `mastery`, found `maybe`"
    );
    assert_eq!(
        error(&texts::IMOPSE.replace("20.0", "2O.0")),
        "line 8: expected a salary, found `2O.0`"
    );
    assert_eq!(error(""), "line 1: expected the number of tasks, found the end of the file");
}

/// Cuts, doubles, and swaps words and numbers; what is read after all is solved and judged.
#[test]
fn damaged_files_never_end_in_a_panic() {
    let words = ["", "-1", "0", "999999999", "4294967296", "x", "[", ":", "1:1", "\n", "9 9 9"];
    let (mut read, mut refused) = (0, 0);
    for (name, text) in ALL {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let mut state = name.len() as u64 + 1;
        let mut draw = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..300 {
            let from = places[draw(places.len())];
            let until = (from + draw(6)).min(text.len());
            let damaged = match draw(4) {
                0 => text[..from].to_owned(),
                1 => format!("{}{}{}", &text[..from], words[draw(words.len())], &text[until..]),
                2 => format!("{}{}", &text[..until], &text[from..]),
                _ => format!("{}{}", &text[..from], &text[until..]),
            };
            match instance(&damaged) {
                Err(_) => refused += 1,
                Ok(instance) => {
                    read += 1;
                    // Times of millions of slots are sound but slow to search.
                    if instance.project.horizon() < 100_000 {
                        let answer = solve(&instance.project, &steps(20), &|| false);
                        let found = answer
                            .best
                            .map(|best| faults(&instance.project, &best))
                            .unwrap_or_default();
                        assert!(found.is_empty(), "{name}: {found:?}\n{damaged}");
                    }
                }
            }
        }
    }
    assert!(read > 200 && refused > 200, "{read} read, {refused} refused");
}
