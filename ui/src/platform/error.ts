/** A failed command, as the api crate reports it. */
export class ApiError extends Error {
  /** Stable word to branch on; `internal` when the failure has no code of its own. */
  readonly code: string;
  /** What the code promises beside the message; the shape depends on `code`. */
  readonly details: unknown;

  constructor(code: string, message: string, details?: unknown) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }

  /** The chain of causes, when `details` is one. */
  get lines(): string[] {
    return Array.isArray(this.details) ? this.details.map(String) : [];
  }

  /** The error behind anything that was thrown: the shell's `{code, message, details}`, a text, an Error. */
  static from(cause: unknown): ApiError {
    if (cause instanceof ApiError) return cause;
    if (typeof cause === 'object' && cause !== null && 'message' in cause) {
      const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : 'internal';
      const details = 'details' in cause ? cause.details : undefined;
      return new ApiError(code, String(cause.message), details);
    }
    if (typeof cause === 'string') return new ApiError('internal', cause);
    return new ApiError('internal', 'The command failed without saying why.');
  }
}
