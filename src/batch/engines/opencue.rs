//! OpenCue: a job specification with a layer of shards, one frame each, and a layer for the merging.

use super::{Job, Run, command, quoted};

pub(super) fn job(run: &Run<'_>) -> Job {
    let house = &run.house.opencue;
    let or = |value: &Option<String>, other: &str| text(value.as_deref().unwrap_or(other));
    let caller = std::env::var("USER").unwrap_or_else(|_| "shotplan".to_owned());
    let memory = house
        .memory
        .as_ref()
        .map_or_else(String::new, |memory| format!("        <memory>{}</memory>\n", text(memory)));
    let tags = house
        .tags
        .as_ref()
        .map_or_else(String::new, |tags| format!("        <tags>{}</tags>\n", text(tags)));
    let service = or(&house.service, "shell");
    let layer = |name: &str, kind: &str, words: &[&str], range: &str| {
        // The farm puts the number of the frame in the place of its mark, also within quotes.
        let call = text(&command(&run.call(words)));
        format!(
            "      <layer name=\"{name}\" type=\"{kind}\">\n\
             \x20       <cmd>{call}</cmd>\n\
             \x20       <range>{range}</range>\n\
             \x20       <chunk>1</chunk>\n\
             \x20       <cores>1.0</cores>\n\
             \x20       <threadable>False</threadable>\n\
             {memory}{tags}\
             \x20       <services>\n\
             \x20         <service>{service}</service>\n\
             \x20       </services>\n\
             \x20     </layer>\n"
        )
    };
    let last = format!("0-{}", run.shards - 1);
    let shards = layer("shards", "Render", &["run", "--shard", "#IFRAME#", "--quiet"], &last);
    let merge = layer("merge", "Post", &["merge", "--quiet"], "0");
    // Parts that stand in a fixed order.
    let spec = format!(
        "<?xml version=\"1.0\"?>\n\
         <!DOCTYPE spec PUBLIC \"SPI Cue  Specification Language\" \
         \"http://localhost:8080/spcue/dtd/cjsl-1.15.dtd\">\n\
         <spec>\n\
         \x20 <facility>{facility}</facility>\n\
         \x20 <show>{show}</show>\n\
         \x20 <shot>{shot}</shot>\n\
         \x20 <user>{user}</user>\n\
         \x20 <job name=\"{name}\">\n\
         \x20   <paused>False</paused>\n\
         \x20   <maxretries>2</maxretries>\n\
         \x20   <autoeat>False</autoeat>\n\
         \x20   <layers>\n\
         {shards}{merge}\
         \x20   </layers>\n\
         \x20 </job>\n\
         \x20 <depends>\n\
         \x20   <depend type=\"LAYER_ON_LAYER\" anyframe=\"False\">\n\
         \x20     <depjob>{name}</depjob>\n\
         \x20     <deplayer>merge</deplayer>\n\
         \x20     <onjob>{name}</onjob>\n\
         \x20     <onlayer>shards</onlayer>\n\
         \x20   </depend>\n\
         \x20 </depends>\n\
         </spec>\n",
        facility = or(&house.facility, "local"),
        show = or(&house.show, "testing"),
        shot = or(&house.shot, "shotplan"),
        user = or(&house.user, &caller),
        name = run.name,
    );
    let launch = "import sys, opencue.api as cue\n\
                  for job in cue.launchSpecAndWait(open(sys.argv[1]).read()): print(job.name())";
    let submit = format!(
        "#!/bin/sh\n\
         # Hands the job to the farm's Cuebot.\n\
         exec python3 -c {launch} {spec}\n",
        launch = quoted(launch),
        spec = quoted(&format!("{}/job.xml", run.jobs)),
    );
    Job {
        folder: "".into(),
        files: vec![("submit.sh", submit), ("job.xml", spec)],
        probe: vec!["python3", "-c", "import opencue.api"],
        needs: "OpenCue's Python client (pip install opencue-pycue)",
    }
}

/// Text inside an element.
fn text(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
