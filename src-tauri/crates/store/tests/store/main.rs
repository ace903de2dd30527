//! The store as its callers see it.

#[cfg(test)]
mod flow_runs;
#[cfg(test)]
mod history;
#[cfg(test)]
mod inbox;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod processes;
#[cfg(test)]
mod pruning;
#[cfg(test)]
mod rows;
