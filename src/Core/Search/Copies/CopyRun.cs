using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>A run in which two films show the same movement.</summary>
/// <param name="FromA">Seconds into the first film where it begins.</param>
/// <param name="FromB">Seconds into the second where the same is shown.</param>
/// <param name="Seconds">How long, in the first film.</param>
/// <param name="Tempo">Seconds of the second film for a second of the first.</param>
/// <param name="Samples">Pictures compared.</param>
/// <param name="Correlation">Of what moves.</param>
/// <param name="Evidence">Samples times correlation above the level of chance.</param>
/// <param name="ViewA">Part of the first film's picture.</param>
/// <param name="ViewB">Part of the second's.</param>
/// <param name="Sign">-1 where one is the negative of the other.</param>
internal sealed record CopyRun(
    double FromA,
    double FromB,
    double Seconds,
    double Tempo,
    int Samples,
    double Correlation,
    double Evidence,
    PictureView ViewA,
    PictureView ViewB,
    int Sign
);
