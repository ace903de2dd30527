//! A loop of forms: Build's, or Action's in one step.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::view::FormView;
use crate::returned::kind;

/// The forms asked so far, with their answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct FormLoop {
    forms: Vec<AskedForm>,
    /// Everything ever entered, to fill forms that are asked again.
    remembered: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct AskedForm {
    inputs: Vec<Value>,
    no_more_forms: bool,
    values: Option<Map<String, Value>>,
}

impl FormLoop {
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// How many leading forms are answered: what the function gets to see.
    pub fn answered(&self) -> usize {
        self.forms.iter().take_while(|form| form.values.is_some()).count()
    }

    /// The values of these, in order.
    pub fn answers(&self) -> Vec<Map<String, Value>> {
        self.forms.iter().map_while(|form| form.values.clone()).collect()
    }

    /// `base`, overridden by the answers in order: the later form wins.
    pub fn merged(&self, base: &Map<String, Value>) -> Map<String, Value> {
        let mut input = base.clone();
        for values in self.forms.iter().filter_map(|form| form.values.as_ref()) {
            input.extend(values.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        input
    }

    /// The function asks; a form it asked for before at this place is replaced.
    pub fn ask(&mut self, inputs: Vec<Value>, no_more_forms: bool) {
        self.forms.truncate(self.answered());
        self.forms.push(AskedForm { inputs, no_more_forms, values: None });
    }

    /// The last form is answered, perhaps again.
    pub fn answer(&mut self, values: Map<String, Value>) -> bool {
        let Some(form) = self.forms.last_mut() else {
            return false;
        };
        self.remembered.extend(values.iter().map(|(key, value)| (key.clone(), value.clone())));
        form.values = Some(values);
        true
    }

    /// Back to form `index`, which is unanswered then; later forms are dropped, what was entered in them is remembered.
    pub fn reopen(&mut self, index: usize) -> bool {
        let Some(form) = self.forms.get_mut(index) else {
            return false;
        };
        form.values = None;
        self.forms.truncate(index + 1);
        true
    }

    /// Starts anew; what was entered is remembered.
    pub fn clear(&mut self) {
        self.forms.clear();
    }

    /// The last form, filled with what was entered for its keys.
    pub fn view(&self, submitted: bool) -> Option<FormView> {
        let form = self.forms.last()?;
        let mut values = Map::new();
        let mut problems = Vec::new();
        for (index, input) in form.inputs.iter().enumerate() {
            if !input.is_object() {
                problems
                    .push(format!("output.form[{index}] is {}; expected an object", kind(input)));
                continue;
            }
            match input.get("key") {
                Some(Value::String(key)) => {
                    if let Some(value) = form
                        .values
                        .as_ref()
                        .and_then(|own| own.get(key))
                        .or(self.remembered.get(key))
                    {
                        values.insert(key.clone(), value.clone());
                    }
                }
                _ if input.get("type").and_then(Value::as_str) == Some("heading") => {}
                _ => {
                    problems.push(format!("output.form[{index}].key is missing; expected a string"))
                }
            }
        }
        Some(FormView {
            index: self.forms.len() - 1,
            inputs: form.inputs.clone(),
            no_more_forms: form.no_more_forms,
            values,
            submitted,
            problems,
        })
    }
}
