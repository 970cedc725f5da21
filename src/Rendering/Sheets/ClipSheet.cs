using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Rendering.Frames;
using OrleansAtlas.Rendering.Paths;
using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Rendering.Sheets;

/// <summary>Clips as columns of frames, beside their ways over the map; a number and a colour tie the two together.</summary>
/// <param name="codec">Reads and writes pictures, draws text.</param>
/// <param name="frames">Gives the clips' frames.</param>
public sealed class ClipSheet(IImageCodec codec, ClipFrames frames)
{
    /// <summary>Draws and writes a sheet; the format is the path's extension.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="clips">The clips in the order of their columns.</param>
    /// <param name="title">Over the sheet.</param>
    /// <param name="map">Where they are.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task WriteAsync(
        string path,
        IReadOnlyList<SheetClip> clips,
        string title,
        AtlasMap map,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(map);
        var layout = new ClipSheetLayout(clips.Count, clips.Max(clip => clip.Clip.Count));
        var canvas = new Canvas(layout.Width, layout.Height, Palette.Ground);
        canvas.Text(
            codec.FittedText(
                title,
                ClipSheetLayout.Text * 7 / 5,
                true,
                layout.Width - (2 * ClipSheetLayout.Margin),
                ClipSheetLayout.Text * 4 / 5
            ),
            ClipSheetLayout.Margin,
            ClipSheetLayout.Margin - (ClipSheetLayout.Text / 3),
            Palette.Ink
        );
        DrawPaths(canvas, layout, clips, map);
        var names = clips.Select(clip => clip.Clip.Name).Distinct(StringComparer.Ordinal).ToList();
        var shortNames = names.Zip(FilmNames.Short(names)).ToDictionary(StringComparer.Ordinal);
        var nameHeight = codec.FittingHeight(
            shortNames.Values,
            ClipSheetLayout.Text,
            false,
            ClipSheetLayout.NameWidth,
            ClipSheetLayout.Text * 3 / 4
        );
        for (var i = 0; i < clips.Count; i++)
        {
            var name = codec.FittedText(shortNames[clips[i].Clip.Name], nameHeight, false, ClipSheetLayout.NameWidth);
            DrawHead(canvas, layout, i, clips[i], name);
            await DrawFramesAsync(canvas, layout, i, clips[i].Clip, cancellationToken).ConfigureAwait(false);
        }

        var image = canvas.Image;
        codec.Write(path, image, cancellationToken);
    }

    private void DrawPaths(Canvas canvas, ClipSheetLayout layout, IReadOnlyList<SheetClip> clips, AtlasMap map) =>
        new PathDrawing(codec, canvas, layout.Plot, ClipSheetLayout.Text).Draw(
            map.Positions,
            [.. clips.Select((clip, i) => new PathLine(FilmPath.Of(clip.Clip.Times, clip.Clip.Positions), Palette.Category(i), $"{i + 1}"))]
        );

    private void DrawHead(Canvas canvas, ClipSheetLayout layout, int column, SheetClip clip, TextMask name)
    {
        var (head, text) = (layout.Head(column), ClipSheetLayout.Text);
        var colour = Palette.Category(column);
        canvas.Rectangle(head with { Height = text * 3 / 2 }, colour);
        var bar = codec.FittedText($"{column + 1}   {clip.Note}", text, true, head.Width - text);
        canvas.Text(bar, head.X + (text / 2), head.Y + (((text * 3 / 2) - bar.Height) / 2), colour.ReadableInk);
        canvas.Text(name, head.X, head.Y + (text * 7 / 4) + ((text - name.Height) / 2), Palette.Ink);
        if (clip.Clip is { Count: > 1 } or { Start: > 0 })
        {
            var time = codec.FittedText(Time(clip.Clip), text * 4 / 5, false, ClipSheetLayout.NameWidth);
            canvas.Text(time, head.X, head.Y + (text * 3), Palette.PaleInk);
        }
    }

    private async Task DrawFramesAsync(Canvas canvas, ClipSheetLayout layout, int column, Clip clip, CancellationToken cancellationToken)
    {
        foreach (var (row, frame) in Spread.Middles(clip.Count, layout.Frames).Index())
        {
            var place = layout.Tile(column, row);
            var image = await frames.ReadAsync(clip, frame, cancellationToken).ConfigureAwait(false);
            canvas.Picture(Resampler.Cover(image, place.Width, place.Height), place.X, place.Y);
        }
    }

    private static string Time(Clip clip)
    {
        var length = clip.End - clip.Start;
        return clip.Count == 1
            ? ClockText.Of(clip.Start, clip.Start)
            : $"{ClockText.Number(clip.Start, length)} to {ClockText.Number(clip.End, length)} s";
    }
}
