namespace OrleansAtlas.Contracts;

/// <summary>Who makes a call, as the client says: it goes with the call and stands in the job that is accepted. It is no proof.</summary>
public static class Caller
{
    private const string Key = "atlas.by";
    private const int LongestName = 100;

    /// <summary>Who made this call; null where nobody said.</summary>
    public static string? Name =>
        RequestContext.Get(Key) is string { Length: > 0 } name ? name[..Math.Min(name.Length, LongestName)] : null;

    /// <summary>Says who makes the calls that follow.</summary>
    public static void Is(string name) => RequestContext.Set(Key, name);
}
