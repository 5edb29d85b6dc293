//! The judge of timetables against enumeration, where one skill is asked for at several levels.

use shotplan::formulate::{Need, Project, Timetable};
use shotplan::model::project::Person;
use shotplan::verify::library::faults;

/// A task whose needs of skill 0 have these levels and counts, and people of these levels.
fn task(needs: &[(u32, u32)], people: &[u32]) -> Project {
    let mut project = Project::new(0, 0);
    project.skills = 1;
    project.add_task(&[(2, &[], &[])]);
    project.needs =
        vec![needs.iter().map(|&(level, count)| Need { skill: 0, level, count }).collect()];
    let person = |&level: &u32| Person { level: vec![Some(level)], salary: 0 };
    project.people = people.iter().map(person).collect();
    project
}

/// What the judge says of a team of everybody.
fn verdict(project: &Project) -> Vec<String> {
    let team = (0..project.people.len() as u32).map(|person| (person, 0)).collect();
    faults(project, &Timetable { start: vec![0], mode: vec![0], team: vec![team] })
}

#[test]
fn who_counts_for_which_level_is_found_whatever_the_order() {
    // The expert is named first and counts for the higher level all the same.
    assert_eq!(verdict(&task(&[(1, 1), (2, 1)], &[2, 1])), Vec::<String>::new());
    assert_eq!(verdict(&task(&[(1, 1), (2, 1)], &[1, 1])), ["task 1 lacks people"]);
}

#[test]
fn enumeration_of_who_counts_for_what_agrees() {
    let mut number = 7_u32;
    let mut below = |count: u32| {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (number >> 16) % count
    };
    let mut filled = 0;
    for _ in 0..2_000 {
        let needs: Vec<(u32, u32)> =
            (0..1 + below(3)).map(|_| (1 + below(3), 1 + below(2))).collect();
        let people: Vec<u32> = (0..1 + below(5)).map(|_| 1 + below(4)).collect();
        let levels: Vec<u32> = needs
            .iter()
            .flat_map(|&(level, count)| std::iter::repeat_n(level, count as usize))
            .collect();
        // Everybody in every place, one after the other.
        fn seat(levels: &[u32], people: &[u32], used: u32) -> bool {
            let Some((&level, rest)) = levels.split_first() else { return true };
            (0..people.len()).any(|person| {
                used >> person & 1 == 0
                    && people[person] >= level
                    && seat(rest, people, used | 1 << person)
            })
        }
        let least = levels.iter().copied().min().unwrap_or(0);
        let found = verdict(&task(&needs, &people));
        let is_filled = seat(&levels, &people, 0);
        filled += u32::from(is_filled);
        let lacks = found.iter().any(|fault| fault == "task 1 lacks people");
        assert_eq!(is_filled, !lacks, "{needs:?} {people:?}: {found:?}");
        assert_eq!(found.len(), usize::from(lacks) + people.iter().filter(|&&p| p < least).count());
    }
    assert!(filled > 200, "{filled}");
}
