//! One tiny instance in each format.

/// Three tasks on one resource of 2: lengths 3, 2 and 2, the last after the first; 5 is best.
pub const PSPLIB: &str = "\
************************************************************************
file with basedata            : by hand
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  5
horizon                       :  7
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           5
   4        1          1           5
   5        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
------------------------------------------------------------------------
  1      1     0       0
  2      1     3       1
  3      1     2       1
  4      1     2       2
  5      1     0       0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1
    2
************************************************************************
";

/// Two tasks, fast and dear or slow and cheap; the budget pays for one fast task. MMLIB's layout.
pub const MULTI_MODE: &str = "\
jobs  (incl. supersource/sink ):\t4
RESOURCES
- renewable                 : 1 R
- nonrenewable              : 1 N
- doubly constrained        : 0 D
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
1\t1\t2\t\t2 3
2\t2\t1\t\t4
3\t2\t1\t\t4
4\t1\t0
************************************************************************
REQUESTS/DURATIONS
jobnr.\tmode\tdur\tR1\tN1
------------------------------------------------------------------------
1\t1\t0\t0\t0
2\t1\t2\t1\t5
\t2\t4\t1\t1
3\t1\t3\t1\t5
\t2\t6\t1\t1
4\t1\t0\t0\t0
************************************************************************
RESOURCE AVAILABILITIES
\tR 1\tN 1
\t1\t6
";

/// The instance of [`PSPLIB`] in Patterson's numbers.
pub const PATTERSON: &str = "5 1\n2\n0 0 2 2 3\n3 1 1 4\n2 1 1 5\n2 2 1 5\n0 0 0\n";

/// A store of 1: the second task takes 2 and has to wait for the first to give 1.
pub const RESERVOIRS: &str = "4 1 1\n2 1\n0 0 9 9 2 2 3\n4 1 0 1 1 4\n2 1 2 0 1 4\n0 0 9 9 0\n";

/// Two tasks that cannot work side by side; the second starts at most 4 after the first.
pub const PROGEN_MAX: &str = "2\t1\t0\t0
0\t1\t2\t1\t2\t[0]\t[0]
1\t1\t1\t3\t[3]
2\t1\t2\t3\t1\t[2]\t[-4]
3\t1\t0
0\t1\t0\t0
1\t1\t3\t1
2\t1\t2\t1
3\t1\t0\t0
1
";

/// Two projects of one task each (2 and 3 long) on one resource of 1; the second comes at 1.
pub const PROJECTS: &str =
    "2\n1\n1\n3 0\n1\n0 0 1 1:2\n2 1 1 1:3\n0 0 0\n3 1\n1\n0 0 1 2:2\n3 1 1 2:3\n0 0 0\n";

/// Two tasks; both need the one person who can draw, the first also one who can paint.
pub const MSPSP: &str = "\
% by hand
nActs = 4;
dur = [0,3,2,0];
nSkills = 2;
sreq = [| 0,0,
\t| 1,1,
\t| 1,0,
\t| 0,0, |];
nResources = 2;
mastery = [| true,true,
\t| false,true, |];
nPrecs = 4;
pred = [1,1,2,3];
succ = [2,3,4,4];
";

/// Two tasks for Q0 at level 1; person 1 is cheap, person 2 dear, person 3 not good enough.
pub const IMOPSE: &str = "\
==========================================================
Tasks: 2
Resources: 3
Precedence relations: 0
==========================================================
ResourceID \t Salary \t Skills
1\t10.5\tQ0: 1
2\t20.0\tQ0: 2 \tQ1: 0
3\t5.0\tQ0: 0
==========================================================
TaskID \t Duration \t Skill \t Predecessor IDs
1\t3\tQ0: 1
2\t2\tQ0: 1
==========================================================
";

/// All of them with their names.
pub const ALL: [(&str, &str); 8] = [
    ("PSPLIB", PSPLIB),
    ("multi-mode", MULTI_MODE),
    ("Patterson", PATTERSON),
    ("reservoirs", RESERVOIRS),
    ("ProGen/max", PROGEN_MAX),
    ("projects", PROJECTS),
    ("MSPSP", MSPSP),
    ("iMOPSE", IMOPSE),
];
