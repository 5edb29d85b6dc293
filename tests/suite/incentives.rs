//! Tax incentives: rules as data, against amounts worked out by hand. All of them are illustrations.

use jiff::civil::date;
use shotplan::forecast::credit;
use shotplan::model::{Cents, IncentiveKind, IncentiveRule};

fn whole(amount: i64) -> Cents {
    Cents(amount * 100)
}

/// What the studio gets of `eligible`, all of it in the place.
fn given(rule: &IncentiveRule, eligible: i64) -> Cents {
    credit(rule, whole(eligible), whole(eligible), Cents::ZERO).studio
}

fn rule(rate: i64) -> IncentiveRule {
    IncentiveRule::new("example", "here", rate)
}

#[test]
fn a_taxed_credit_with_and_without_a_cap_of_four_fifths() {
    let effects = IncentiveRule { tax: 2_500, ..rule(3_900) };
    assert_eq!(given(&effects, 100_000), whole(29_250));
    let other = IncentiveRule { tax: 2_500, cap_share: 8_000, ..rule(3_400) };
    assert_eq!(given(&other, 100_000), whole(20_400));
    // Half of the cost is elsewhere: four fifths of all of it is no limit any more.
    let half = credit(&other, whole(50_000), whole(100_000), Cents::ZERO);
    assert_eq!(half.studio, whole(12_750));
}

/// Two provincial credits on labour, and a federal one on what they leave.
#[test]
fn credits_that_stack() {
    for (first, second, in_all) in [(3_600, 1_600, 59_680), (2_150, 1_800, 49_180)] {
        let labour = whole(100_000);
        let basic = credit(&rule(first), labour, labour, Cents::ZERO);
        let effects = credit(&rule(second), labour, labour, Cents::ZERO);
        let federal = credit(&rule(1_600), labour, labour, basic.credit + effects.credit);
        assert_eq!(basic.studio + effects.studio + federal.studio, whole(in_all));
    }
}

#[test]
fn a_part_of_a_service_contract_counts() {
    let both = IncentiveRule { eligible: 6_500, ..rule(2_500 + 1_600) };
    assert_eq!(given(&both, 100_000), whole(26_650));
}

#[test]
fn a_least_spend_opens_it() {
    let rebate = IncentiveRule { minimum: whole(500_000), ..rule(3_000) };
    assert_eq!(given(&rebate, 1_000_000), whole(300_000));
    assert_eq!(given(&rule(1_000), 1_000_000), whole(100_000)); // a state's part on top
    assert_eq!(given(&rebate, 499_999), Cents::ZERO);
    assert_eq!(given(&rebate, 500_000), whole(150_000));
}

/// Above the step the higher rate holds for all of it; a cap holds whatever is spent.
#[test]
fn a_step_raises_the_rate_of_everything() {
    let rebate = IncentiveRule {
        minimum: whole(250_000),
        tiers: vec![(whole(2_000_000), 4_000)],
        cap: Some(whole(30_000_000)),
        ..rule(3_000)
    };
    assert_eq!(given(&rebate, 200_000), Cents::ZERO);
    assert_eq!(given(&rebate, 1_500_000), whole(450_000));
    assert_eq!(given(&rebate, 3_000_000), whole(1_200_000));
    assert_eq!(given(&rebate, 90_000_000), whole(12_000_000));
}

#[test]
fn an_uplift_under_a_cap_of_four_fifths() {
    let relief = IncentiveRule {
        tiers: vec![(whole(1_000_000), 4_000)],
        cap_share: 8_000,
        cap: Some(whole(125_000_000)),
        ..rule(3_200)
    };
    assert_eq!(given(&relief, 2_000_000), whole(640_000));
    assert_eq!(given(&relief, 900_000), whole(230_400)); // 32 % of 720,000
}

#[test]
fn the_studio_gets_its_share_and_counts_what_is_certain() {
    let split = IncentiveRule { studio_share: 2_500, certainty: 8_000, ..rule(4_000) };
    let given = credit(&split, whole(100_000), whole(100_000), Cents::ZERO);
    assert_eq!([given.credit, given.studio, given.expected], [40_000, 10_000, 8_000].map(whole));
}

/// The rows that come with the program, on the amounts they were worked out for.
#[test]
fn the_shipped_illustrations_give_what_they_should() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(path.join("data/incentives/illustrative.csv")).expect("it");
    let show =
        format!("--- tasks.csv\nshot,department,days\n010,CMP,1\n--- incentives.csv\n{table}");
    let rules = crate::support::show(&show).incentives;
    let mut given: Vec<(String, Cents)> = Vec::new();
    for rule in &rules {
        assert!(rule.code.ends_with("(illustration)"), "{}", rule.code);
        let assistance = given.iter().filter(|(code, _)| rule.net_of.contains(code));
        let assistance = assistance.map(|(_, amount)| *amount).sum();
        let millions = if rule.place == "paris" { 3 } else { 1 };
        let amount = if rule.minimum == Cents::ZERO { 100_000 } else { millions * 1_000_000 };
        let amount = if rule.place == "dublin" { 2_000_000 } else { amount };
        let row = credit(rule, whole(amount), whole(amount), assistance);
        given.push((rule.code.clone(), row.after_tax));
    }
    let amounts: Vec<Cents> = given.into_iter().map(|(_, amount)| amount).collect();
    let expected = [
        29_250, 20_400, 36_000, 16_000, 7_680, 21_500, 18_000, 9_680, 26_650, 300_000, 10_000,
        1_200_000, 640_000,
    ];
    assert_eq!(amounts, expected.map(whole));
}

#[test]
fn nothing_is_ever_negative() {
    let labour = whole(100);
    let more_than_all = credit(&rule(5_000), labour, labour, whole(200));
    assert_eq!(more_than_all.credit, Cents::ZERO);
    let refunds = credit(&rule(5_000), Cents(-5), Cents(-5), Cents::ZERO);
    assert_eq!(refunds.credit, Cents::ZERO);
}

/// Two people at two sites: only what is paid in the place while the rule holds counts.
#[test]
fn place_kind_and_validity_decide_what_is_eligible() {
    let text = "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-03-31
        currency = \"GBP\"
        productive = \"100%\"
        charge_basis = \"worked\"
        [[sites]]
        id = \"london\"
        [[sites]]
        id = \"montreal\"
        --- tasks.csv
        shot,department,days,assigned,lock
        010,CMP,5,Ann,person
        020,CMP,10,Bo,person
        --- people.csv
        name,department,site
        Ann,CMP,london
        Bo,CMP,montreal
        --- contracts.csv
        person,kind,start,end,rate,basis,burden
        Ann,staff,2027-01-04,2027-12-31,400,day,0%
        Bo,staff,2027-01-04,2027-12-31,300,day,0%
        --- incentives.csv
        id,place,kind,rate,net_of,lag_months,valid_to
        one,Montreal,labour,20%,,6,
        two,Montreal,labour,10%,one,12,2027-01-08
        three,london,vendors,50%,,12,
    ";
    let production = crate::support::show(text);
    assert_eq!(production.incentives[0].kind, IncentiveKind::Labour);
    let plan = crate::support::planning::planned(&production, 0).plan;
    let forecast = shotplan::forecast::of(&production, &plan);
    assert_eq!(shotplan::forecast::reconcile(&forecast, &production, &plan), Ok(()));
    let [one, two, three] = &forecast.incentives[..] else { panic!("three rules") };
    // Ten days of Bo, 3,000; the second rule holds for the first week of it, less what the first gave.
    assert_eq!([one.eligible, one.credit], [300_000, 60_000].map(Cents));
    assert_eq!([two.eligible, two.base, two.credit], [150_000, 90_000, 9_000].map(Cents));
    assert_eq!([three.eligible, three.credit], [0, 0].map(Cents));
    assert_eq!(one.last_cost, Some(date(2027, 1, 15)));
    assert_eq!(one.received, date(2027, 7, 15));
    let margin = &forecast.margin;
    assert_eq!(
        [margin.gross, margin.incentives, margin.net_cost()],
        [500_000, 69_000, 431_000].map(Cents)
    );
    let received: Cents = forecast.cash.weeks.iter().map(|week| week.incentives).sum();
    assert_eq!(received, Cents(69_000));
}
