//! What only the engine knows of a value.

use rquickjs::promise::PromiseState;
use rquickjs::{Array, Ctx, Object, Promise, Result, Value};

use super::define;

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    // ["pending"], ["fulfilled", value] or ["rejected", reason]
    define!(ctx, object, "promise", |ctx: Ctx<'js>, promise: Promise<'js>| -> Result<Array<'js>> {
        let state = Array::new(ctx.clone())?;
        match promise.state() {
            PromiseState::Pending => state.set(0, "pending")?,
            PromiseState::Resolved => {
                state.set(0, "fulfilled")?;
                if let Some(value) = promise.result::<Value>() {
                    state.set(1, value?)?;
                }
            }
            PromiseState::Rejected => {
                state.set(0, "rejected")?;
                if promise.result::<Value>().is_some() {
                    state.set(1, ctx.catch())?;
                }
            }
        }
        Ok(state)
    });
    Ok(())
}
