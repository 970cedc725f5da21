using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Frames;

/// <summary>Where a picture gets the pixels of its frames from. Called for several frames at once.</summary>
public interface IFrameSource
{
    /// <summary>The pixels of a frame.</summary>
    /// <param name="frame">Which frame.</param>
    /// <param name="width">Pixels it will fill: a source that has larger ones may give it larger, or scaled to no less than that.</param>
    /// <param name="height">Pixels it will fill.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<RgbImage> ReadAsync(MapFrame frame, int width, int height, CancellationToken cancellationToken);
}
