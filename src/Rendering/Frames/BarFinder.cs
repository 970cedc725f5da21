using System.Runtime.CompilerServices;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Frames;

// Why: docs/decisions/posters.md
/// <summary>Finds the black bars of a film from several of its frames: lines from the edge inwards that are black in all of them, up to one
/// where, within a few pixels, most of the line is lit in some frame or other. So a scene in the dark, or an object before black, has none:
/// there the light does not begin along a straight line.</summary>
/// <param name="width">Pixels a row of every frame.</param>
/// <param name="height">Rows of every frame.</param>
internal sealed class BarFinder(int width, int height)
{
    /// <summary>Share of a line that noise, or a speck at the edge of the film, may light.</summary>
    private const double Speck = 0.02;

    /// <summary>Share of the first line of the picture that has to be lit.</summary>
    private const double Line = 0.6;

    /// <summary>Lines from the last black one to the first lit one: scaling mixes them.</summary>
    private const int Blur = 3;

    /// <summary>Share of the frame's side that has to remain: of a film held upright in a wide frame 0.32 does.</summary>
    private const double Least = 0.25;

    /// <summary>Up to this share of a side a bar may be at one side only: frames are often black by a pixel or two.</summary>
    private const double Thin = 0.02;

    /// <summary>From this many frames on, one may show something in the bars.</summary>
    private const int FramesForOutlier = 10;

    /// <summary>In how many frames each pixel was lit and, for films that are dim throughout, lit faintly.</summary>
    private readonly byte[] _lit = new byte[width * height];
    private readonly byte[] _faint = new byte[width * height];
    private readonly byte[] _least = [.. Enumerable.Repeat(byte.MaxValue, width * height)];
    private readonly byte[] _most = new byte[width * height];
    private readonly Side[] _sides =
    [
        new(width, height, (line, along) => (along * width) + line),
        new(width, height, (line, along) => (along * width) + width - 1 - line),
        new(height, width, (line, along) => (line * width) + along),
        new(height, width, (line, along) => ((height - 1 - line) * width) + along),
    ];

    /// <summary>Frames that were not black all over.</summary>
    public int Frames { get; private set; }

    /// <summary>Whether more frames could still show bars.</summary>
    public bool IsOpen => _sides.Any(side => side.LitFrames <= 1);

    /// <summary>Looks at a frame.</summary>
    public void Add(RgbImage frame)
    {
        if (Light.Count(frame, new(0, 0, width, height)) <= Speck * width * height)
        {
            return;
        }

        Frames++;
        Remember(frame.Span);
        foreach (var side in _sides)
        {
            side.LitFrames += side.Share(0, 0, side.Along, at => Light.IsLit(Light.At(frame, at % width, at / width))) > Speck ? 1 : 0;
        }
    }

    /// <summary>The bars that all frames so far have.</summary>
    public BlackBars Find() => Find(_lit) is var bars && bars != BlackBars.None ? bars : Find(_faint);

    private BlackBars Find(byte[] lit)
    {
        var least = Frames >= FramesForOutlier ? 2 : 1;
        bool IsLit(int at) => lit[at] >= least;
        var depths = _sides.Select(side => side.FirstLine(line => side.Share(line, 0, side.Along, IsLit) > Speck)).ToArray();
        if (Frames == 0)
        {
            return BlackBars.None;
        }

        var sharp = _sides.Select((_, i) => Edge(i, depths, IsLit)).ToArray();

        // Where a film is black beyond a bar too, as below a planet, its other bar says how wide it is.
        var edges = sharp.Select((edge, i) => edge ?? (Frames > 2 && depths[i] >= sharp[i ^ 1] ? sharp[i ^ 1] : null)).ToArray();
        int[] bars = [.. Enumerable.Range(0, 4).Select(i => IsBar(i, edges, depths, IsLit) ? edges[i]!.Value : 0)];
        return width - bars[0] - bars[1] < Least * width || height - bars[2] - bars[3] < Least * height
            ? BlackBars.None
            : new((double)bars[0] / width, (double)bars[2] / height, (double)bars[1] / width, (double)bars[3] / height);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // One long loop a film: there is no time to find out by running it.
    private void Remember(ReadOnlySpan<byte> pixels)
    {
        for (var (at, colour) = (0, 0); at < _lit.Length; at++, colour += 3)
        {
            var light = Light.Of(pixels[colour], pixels[colour + 1], pixels[colour + 2]);
            _lit[at] += Light.IsLit(light) ? (byte)1 : (byte)0;
            _faint[at] += Light.IsFaint(light) ? (byte)1 : (byte)0;
            _least[at] = Math.Min(_least[at], light);
            _most[at] = Math.Max(_most[at], light);
        }
    }

    /// <summary>The first line of a side that is picture along most of its length; null where there are no black lines before it, or the
    /// light begins in no straight line.</summary>
    private int? Edge(int i, int[] depths, Func<int, bool> isLit)
    {
        var side = _sides[i];
        var (from, to) = Across(i, depths);
        for (var line = depths[i]; line <= Math.Min(depths[i] + Blur, side.Lines - 1) && depths[i] > 0; line++)
        {
            if (side.Share(line, from, to, isLit) >= Line)
            {
                // One line more, which may be mixed with black.
                return line + 1;
            }
        }

        return null;
    }

    /// <summary>Alone, or larger than the one across, a bar has to stay while the picture beside it changes; a film of one shot does not
    /// tell it from a dark wall. A photo's have to be alike, or so thin that nothing is lost.</summary>
    private bool IsBar(int i, int?[] edges, int[] depths, Func<int, bool> isLit)
    {
        if (edges[i] is not { } edge)
        {
            return false;
        }

        var side = _sides[i];
        var other = edges[i ^ 1] ?? 0;
        var areAlike = other > 0 && Math.Abs(edge - other) <= Math.Max(3, Math.Max(edge, other) / 8);
        var (from, to) = Across(i, depths);
        return areAlike
            || edge <= Math.Max(3, Thin * side.Lines)
            || Frames > 2 && side.Share(Math.Min(edge + Blur, side.Lines - 1), from, to, at => isLit(at) && IsChanging(at)) >= Line;
    }

    private bool IsChanging(int at)
    {
        const int Change = 32;
        return _most[at] - _least[at] >= Change;
    }

    /// <summary>The part of a side's lines that lies between the bars of the two sides across.</summary>
    private (int From, int To) Across(int i, int[] depths)
    {
        var (first, last) = i < 2 ? (2, 3) : (0, 1);
        var (from, to) = (depths[first], _sides[i].Along - depths[last]);
        return from < to ? (from, to) : (0, _sides[i].Along);
    }

    /// <summary>A side of the frame: lines parallel to it from the outermost inwards.</summary>
    private sealed class Side(int lines, int along, Func<int, int, int> at)
    {
        public int Lines => lines;

        public int Along => along;

        /// <summary>Frames whose outermost line is lit.</summary>
        public int LitFrames { get; set; }

        public int FirstLine(Func<int, bool> isLit) => Enumerable.Range(0, lines).FirstOrDefault(isLit, lines);

        /// <summary>Share of the pixels of a part of a line of which something is true.</summary>
        public double Share(int line, int from, int to, Func<int, bool> isTrue)
        {
            var count = 0;
            for (var i = from; i < to; i++)
            {
                count += isTrue(at(line, i)) ? 1 : 0;
            }

            return (double)count / (to - from);
        }
    }
}
