namespace OrleansAtlas.Media;

/// <summary>A film where this process and its children read it: a file, or an address of a <see cref="RangeProxy"/> of this
/// process.</summary>
internal static class FilmFile
{
    /// <summary>Whether it is behind a proxy of this process.</summary>
    public static bool IsLent(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith(RangeProxy.Start, StringComparison.Ordinal);
    }

    /// <summary>Whether something is there to read.</summary>
    public static bool IsThere(string path) => IsLent(path) || FileIdentity.IsFile(path);

    /// <summary>The name in a path.</summary>
    public static string NameOf(string path) =>
        IsLent(path) ? Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]) : Path.GetFileName(path);

    /// <summary>The path as ffmpeg takes it.</summary>
    public static string Input(string path) => IsLent(path) ? path : "file:" + Path.GetFullPath(path);

    /// <summary>What ffmpeg may use to read it, and nothing else: no proxy of the environment either.</summary>
    public static string[] Protocols(string path) =>
        IsLent(path) ? ["-protocol_whitelist", "http,tcp", "-http_proxy", ""] : ["-protocol_whitelist", "file"];

    /// <summary>Bytes.</summary>
    public static long LengthOf(string path) => IsLent(path) ? RangeProxy.Find(path).Length : FileIdentity.Length(path);

    /// <summary>Opens it for reading from anywhere in it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Stream Open(string path) =>
        IsLent(path)
            ? new RemoteStream(RangeProxy.Find(path))
            : new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0,
                FileOptions.Asynchronous
            );
}
