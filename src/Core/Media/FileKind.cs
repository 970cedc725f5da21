namespace OrleansAtlas.Media;

/// <summary>What stands behind a path, links followed.</summary>
internal enum FileKind
{
    /// <summary>A file with bytes of its own.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A named pipe: reading waits for a writer.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A disk, terminal or another device.</summary>
    Device,
}
