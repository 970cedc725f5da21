using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Frames;

/// <summary>Frames without the black bars of their films.</summary>
/// <param name="frames">Gives them as they are.</param>
/// <param name="bars">Knows the bars.</param>
public sealed class CutFrames(IFrameSource frames, FilmBars bars) : IFrameSource
{
    /// <inheritdoc/>
    public async Task<RgbImage> ReadAsync(MapFrame frame, int width, int height, CancellationToken cancellationToken)
    {
        var image = await frames.ReadAsync(frame, width, height, cancellationToken).ConfigureAwait(false);
        return (await bars.OfAsync(frame.FilmIndex, cancellationToken).ConfigureAwait(false)).Cut(image);
    }
}
