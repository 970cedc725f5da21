namespace OrleansAtlas.Media;

/// <summary>How a child process ended.</summary>
/// <param name="Code">Exit code; above 128 for a signal.</param>
/// <param name="Stopped">Which limit stopped it, one sentence; null where it ended by itself.</param>
/// <param name="ErrorTail">Its last lines on standard error.</param>
public sealed record ChildExit(int Code, string? Stopped, string ErrorTail);
