// Action Function: does the work when the step is triggered (for an action: when an assignee clicks a button).
//
//   parameters.credential, parameters.identity.unique_id   absent for an app without authorization
//   parameters.context.action_key     which of the app's actions this is
//   parameters.input                  action: the clicked button's input; otherwise the values of the Build forms
//   parameters.callback.token         names this run; hand it to the service so that a callback can bring it back
//   parameters.callback.redirect      (actions) where a page that you open should end
//   parameters.callback.webhook       where the service can report later
//
// Return status "completed" or "cancelled" to decide the step now. Without a status the step waits for the redirect or
// the webhook.

exports.handler = async ({ input }) => {
  // To open a page instead, and let the Redirect Function decide (take `callback` beside `input` above):
  //   const page = new URL("https://example.com/sign");
  //   page.searchParams.set("redirect_uri", callback.redirect);
  //   page.searchParams.set("state", callback.token);
  //   return { output: { events: [{ type: "open_url", options: { url: page.href } }] } };

  const note = input && input.note;
  return {
    output: {
      status: "completed",
      // Events are for actions; an automation, an await or a trigger returns none.
      events: [{ type: "send_message", options: { text: note ? `Done: ${note}` : "Done" } }],
    },
  };
};
