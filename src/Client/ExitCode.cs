namespace OrleansAtlas.Client;

/// <summary>What the process answers with.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int SomeFailed = 1;
    public const int Usage = 2;
    public const int NoStore = 3;
    public const int Cancelled = 130;
}
