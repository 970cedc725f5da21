namespace OrleansAtlas.Web;

/// <summary>How much the web map does at once and how much it takes in; who asks for more is told to come again.</summary>
public sealed record WebLimits
{
    /// <summary>Connections that are open; others are closed at once.</summary>
    public int Connections { get; init; } = 2048;

    /// <summary>Requests answered at once, those that send or play films aside.</summary>
    public int Requests { get; init; } = 128;

    /// <summary>Requests that wait for one of those to end.</summary>
    public int RequestsWaiting { get; init; } = 512;

    /// <summary>Bytes of a request that is no upload.</summary>
    public long RequestBytes { get; init; } = 1L << 20;

    /// <summary>Pictures and clips taken in and looked for at once.</summary>
    public int Uploads { get; init; } = 2;

    /// <summary>Uploads that wait, before a byte of them is read.</summary>
    public int UploadsWaiting { get; init; } = 8;

    /// <summary>Bytes of an upload.</summary>
    public long UploadBytes { get; init; } = 1L << 30;

    /// <summary>Files of films sent at once.</summary>
    public int Sources { get; init; } = 64;

    /// <summary>Stretches that are sent at once; each holds a temporary file of at most 64 MiB.</summary>
    public int Stretches { get; init; } = 16;

    /// <summary>Stretches that are transcoded at once.</summary>
    public int Transcodes { get; init; } = 2;

    /// <summary>Stretches that wait to be transcoded.</summary>
    public int TranscodesWaiting { get; init; } = 8;

    /// <summary>How long a reader of a stretch may take nothing; pausing a film longer ends it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);
}
