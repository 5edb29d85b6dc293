//! Invented names: a short list of first names combined with a short list of last names.

const FIRST: [&str; 44] = [
    "Maya", "Tomas", "Aisha", "Liam", "Ines", "Kenji", "Zoë", "Omar", "Freya", "Mateo", "Priya",
    "Callum", "Nadia", "Hugo", "Leila", "Arjun", "Chloé", "Dmitri", "Esme", "Felix", "Grace",
    "Hamid", "Isla", "Jonas", "Kavya", "Luca", "Mei", "Noor", "Oskar", "Paloma", "Quentin", "Rosa",
    "Samir", "Tessa", "Uma", "Viktor", "Wendy", "Xavier", "Yuki", "Zane", "Bronwyn", "Cyrus",
    "Delia", "Emeka",
];

const LAST: [&str; 53] = [
    "Okafor",
    "Lindqvist",
    "Patel",
    "Moreau",
    "Tanaka",
    "Fraser",
    "Núñez",
    "Kowalski",
    "Haddad",
    "Rossi",
    "Iyer",
    "Bennett",
    "Sorensen",
    "Vargas",
    "Chen",
    "Dubois",
    "Ellery",
    "Farouk",
    "Gallagher",
    "Hartmann",
    "Ibrahim",
    "Jansen",
    "Kapoor",
    "Laurent",
    "Mbeki",
    "Novak",
    "Osei",
    "Pereira",
    "Quayle",
    "Rao",
    "Sandoval",
    "Thorne",
    "Ueda",
    "Vasquez",
    "Whitlock",
    "Xu",
    "Yardley",
    "Zielinski",
    "Abbott",
    "Barlow",
    "Castellan",
    "Doyle",
    "Everhart",
    "Fontaine",
    "Grimshaw",
    "Holloway",
    "Ivanova",
    "Joshi",
    "Kerr",
    "Lockwood",
    "Marsh",
    "Nakamura",
    "Orlov",
];

/// Names that can be told apart.
const NAMES: usize = FIRST.len() * LAST.len();

/// The name of person `number` and the code they are referred to by.
///
/// Both lists have no common factor in their lengths, so that counting up in both at once meets
/// each pair once; beyond all pairs a number is added.
pub(super) fn name(number: usize) -> (String, String) {
    let (first, last) = (FIRST[number % FIRST.len()], LAST[number % LAST.len()]);
    let again = number / NAMES;
    let suffix = if again == 0 { String::new() } else { format!("{}", again + 1) };
    let code = format!("{}.{}{suffix}", plain(first), plain(last));
    let name =
        if again == 0 { format!("{first} {last}") } else { format!("{first} {last} {suffix}") };
    (code, name)
}

fn plain(name: &str) -> String {
    name.chars()
        .map(|letter| match letter {
            'é' | 'ë' => 'e',
            'ú' => 'u',
            'ñ' => 'n',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn three_thousand_people_have_three_thousand_codes() {
        let mut codes: Vec<String> = (0..3_000).map(|number| super::name(number).0).collect();
        assert!(codes.iter().all(|code| code.is_ascii()));
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), 3_000);
    }
}
