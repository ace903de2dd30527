// Build Function: asks the Creator for what the step needs, then describes the step.
//
//   parameters.credential, parameters.identity.unique_id   absent for an app without authorization
//   parameters.context.action_key     which of the app's actions the Creator adds
//   parameters.context.title          the step's title (actions only), beside an optional description
//   parameters.context.assignees      who will act (actions only): [{ user: { id, name, … } }] or [{ role: { id } }]
//   parameters.input                  the values of all forms so far, by key; {} at first
//
// Return a form, and this function is called again with what was entered. Once nothing is missing, return one of action,
// automation or await (or, for a trigger, only variables).

exports.handler = async ({ context, input }) => {
  // First call: nothing has been entered yet, so ask.
  if (!input || input.note === undefined) {
    return {
      output: {
        form: [
          {
            type: "text",
            key: "note",
            label: "What should be done?",
            tip: "The assignees' button shows this text when it is clicked",
          },
        ],
        no_more_forms: true,
      },
    };
  }

  // Second call: the form is filled, so describe the step: one button for each assignee.
  return {
    output: {
      action: {
        title: context.title || "Please take care of this",
        description: input.note,
        steps: (context.assignees || []).map((assignee) => ({
          // Only the id: in a flow template a role stands where the user will be.
          assignee: assignee.user ? { user: { id: assignee.user.id } } : { role: { id: assignee.role.id } },
          // The button's input is what the Action Function gets when this button is clicked.
          buttons: [{ title: "Done", style: "branding", input: { note: input.note } }],
          // Equal numbers: everybody at the same time. 1, 2, 3 …: one after the other.
          order_number: 1,
        })),
      },
    },
  };
};
