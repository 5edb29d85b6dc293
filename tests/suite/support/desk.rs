//! A place to run the program in: an empty folder with the files of a test.

use assert_cmd::assert::Assert;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder of its own for one test; it goes when the test ends.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    /// Nothing in it.
    pub fn empty() -> Desk {
        Desk { folder: TempDir::new().expect("a folder for the test") }
    }

    /// With a show of this name: files as in `support::files`.
    pub fn with(name: &str, show: &str) -> Desk {
        let desk = Desk::empty();
        for (file, text) in super::files(show) {
            desk.write(&format!("{name}/{file}"), &text);
        }
        desk
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program under test.
    pub fn program(&self) -> PathBuf {
        assert_cmd::cargo::cargo_bin!("shotplan").to_path_buf()
    }

    /// Runs the program here.
    pub fn run(&self, call: &[&str]) -> Assert {
        let mut command = assert_cmd::Command::new(self.program());
        command.current_dir(self.path()).env_remove("NO_COLOR").args(call).assert()
    }

    /// Runs the program here and reads what it prints as JSON.
    pub fn json(&self, call: &[&str], code: i32) -> serde_json::Value {
        let done = self.run(call).code(code);
        serde_json::from_slice(&done.get_output().stdout).expect("JSON on stdout and nothing else")
    }

    /// The saved result in a folder.
    pub fn result(&self, folder: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(&format!("{folder}/result.json"))).expect("a result")
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.path().join(file);
        std::fs::create_dir_all(path.parent().expect("inside the desk")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub fn bytes(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.path().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub fn read(&self, file: &str) -> String {
        String::from_utf8(self.bytes(file)).expect("text")
    }

    /// Names in a folder, sorted; hidden ones too.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path().join(folder)).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        names.sort();
        names
    }
}

/// Shows that several tests use.
pub mod shows {
    /// Nine days of work for two artists, sound.
    pub const TWO_SHOTS: &str = "
        --- show.toml
        [settings]
        name = \"Two shots\"
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        --- tasks.csv
        shot,department,days
        010_0010,ANI,3
        010_0010,CMP,2
        010_0020,CMP,4
        --- people.csv
        name,department
        Ann,CMP
        Bo,ANI
    ";

    /// Line 2 names a department that nobody knows.
    pub const UNKNOWN_DEPARTMENT: &str = "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        [[departments]]
        id = \"CMP\"
        --- tasks.csv
        shot,department,days
        010_0010,CMPP,2
        --- people.csv
        name,department
        Ann,CMP
    ";

    /// Ten days of comp for one task, promised for the second day.
    pub const IMPOSSIBLE_DELIVERY: &str = "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        [[shows]]
        id = \"SPOT\"
        [[milestones]]
        id = \"final\"
        name = \"Final delivery\"
        show = \"SPOT\"
        kind = \"final\"
        date = 2027-01-05
        hard = true
        contents = [\"SPOT\"]
        --- tasks.csv
        shot,department,days
        010_0010,CMP,10
        --- people.csv
        name,department
        Ann,CMP
    ";

    /// The only artist is away to the end.
    pub const ALL_AWAY: &str = "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-03-31
        --- tasks.csv
        shot,department,days
        010_0010,CMP,2
        --- people.csv
        name,department
        Ann,CMP
        --- leave.csv
        person,from,to
        Ann,2027-01-01,2027-12-31
    ";

    /// More work than fits before its due dates: no plan is proven best, so the search goes on.
    pub const TIGHT: &str = "
        --- show.toml
        [settings]
        name = \"Tight\"
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        --- shots.csv
        shot,due,class
        010_0010,2027-01-08,A
        010_0020,2027-01-08,B
        010_0030,2027-01-11,C
        010_0040,2027-01-12,B
        020_0010,2027-01-12,B
        020_0020,2027-01-13,A
        --- tasks.csv
        shot,department,days
        010_0010,ANI,3
        010_0010,LGT,1.5
        010_0010,CMP,2
        010_0020,ANI,2
        010_0020,CMP,4
        010_0030,ANI,5
        010_0030,LGT,2
        010_0030,CMP,3.25
        010_0040,LGT,2
        010_0040,CMP,1
        020_0010,ANI,4
        020_0010,CMP,2
        020_0020,LGT,3
        020_0020,CMP,2.5
        --- dependencies.csv
        from,to
        010_0010_ani,010_0010_lgt
        010_0010_lgt,010_0010_cmp
        010_0020_ani,010_0020_cmp
        010_0030_ani,010_0030_lgt
        010_0030_lgt,010_0030_cmp
        010_0040_lgt,010_0040_cmp
        020_0010_ani,020_0010_cmp
        020_0020_lgt,020_0020_cmp
        --- people.csv
        name,skills
        Ann,CMP
        Cal,CMP:0.8
        Bo,ANI:1.1
        Dee,ANI:0.9
        Eli,LGT
    ";
}
