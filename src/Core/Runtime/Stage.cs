namespace OrleansAtlas.Runtime;

/// <summary>The steps that are counted.</summary>
public enum Stage
{
    /// <summary>Finding files, content ids, probing them and their plans.</summary>
    List,

    /// <summary>ffprobe and picture headers.</summary>
    Probe,

    /// <summary>Waiting for frames from ffmpeg or the picture library.</summary>
    Decode,

    /// <summary>Cropping and the network.</summary>
    Describe,

    /// <summary>Encoding frames and writing artifacts.</summary>
    Store,

    /// <summary>PCA statistics.</summary>
    Gather,

    /// <summary>PCA basis and the autoencoder.</summary>
    Train,

    /// <summary>Codes and map positions, and judging them.</summary>
    Place,

    /// <summary>What belongs to no other: compiling, collecting, pipes, timers.</summary>
    Rest,
}
