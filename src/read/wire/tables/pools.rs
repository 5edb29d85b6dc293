//! What people share: render farm, licences, desks.

use crate::read::wire::{About, Column, Row, Text, table};

table! {
    /// What work needs besides people and is counted: the render farm, floating licences, desks. A licence or desk is held by each artist while they work; rendering is spread evenly over the working time of its task.
    Pool = "pools", "pool", required &[&["id"], &["capacity"]];
    /// Id.
    id: "houdini" ["code", "pool", "resource"],
    /// Name. Default: the id.
    name: "Houdini FX" ["title"],
    /// `farm` (core-hours a day), `licence` (in use at once) or `desk` (people at work at once). Default: licence.
    kind: "licence" ["type"],
    /// Only work of people at this site uses it. Default: all work.
    site: "" ["location", "studio"],
    /// Show that pays for it. Default: the only show there is, else the production as a whole.
    show: "" ["project"],
    /// How much there is, and how much from dates on: `4; 2027-03-01 6`. Core-hours a day, licences, desks.
    capacity: "4; 2027-03-01 6" ["count", "amount", "seats", "licences"],
    /// `hard`: no plan uses more. `soft`: what is beyond the capacity is had at the overflow price. Default: soft where there is an overflow price.
    limit: "soft" ["enforced"],
    /// What one unit (core-hour, licence, desk) costs on each working day, used or not, in the production's currency. Default: 0.
    unit_cost: "18" ["cost", "day cost"],
    /// What one unit beyond the capacity costs on a day: cloud, rental. Of a hard pool: what one more could be had for. Default: none is to be had.
    overflow_price: "30" ["rental", "cloud price", "burst price", "overflow"],
    /// Account of its cost. Default: farm 40-01, licence 40-03, desk 40-05.
    account: "40-03" ["account code"],
    /// Account of what is beyond the capacity. Default: farm 40-02, else the account of its cost.
    overflow_account: "40-03" ["cloud account", "rental account"],
    /// What every task of a department needs, with `;` between: licences or desks for each artist (`FX:1`, or just `FX`), core-hours for each bid day (`LGT:150`). Default: none; of desks, one for everybody.
    departments: "FX; CFX" ["department", "dept", "used by"],
    /// For people; not used.
    notes: "" ["note", "description", "comment"],
}
