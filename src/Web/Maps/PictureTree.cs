namespace OrleansAtlas.Web.Maps;

// Why: docs/decisions/web-map-pictures.md
/// <summary>
/// Which frame every cell shows at every zoom. A cell is split in four; its frames go to the quarter they lie in, and a quarter that
/// would be empty takes half of the fullest one's, those nearest to it: so the whole plane is covered as long as there are frames.
/// Each cell shows the frame nearest to the mean of its frames, one more trusted rather than one less; the frame of a cell stays in the
/// quarter it goes to, so that zooming in only adds. A cell with a single frame is not split: its picture grows instead.
/// </summary>
internal sealed class PictureTree
{
    private const int Deepest = 24;

    // How far, in cell widths squared, a frame that cannot be trusted at all counts as further from the mean than it is.
    private const double Distrust = 0.1;

    private readonly float[] _positions;
    private readonly float[] _trust;
    private readonly int[] _members;
    private readonly List<Node> _nodes = [];
    private readonly Lazy<int[]> _places;

    private PictureTree(float[] positions, float[] trust, int[] members)
    {
        (_positions, _trust, _members) = (positions, trust, members);
        _places = new(Places);
    }

    /// <summary>The level from which on no cell shows anything new.</summary>
    public int Depth { get; private set; }

    /// <summary>Builds the tree of some frames.</summary>
    /// <param name="positions">All frames' positions in [0, 1]^2, <c>[n, 2]</c>.</param>
    /// <param name="trust">All frames' trust, <c>[n]</c>; may be not a number.</param>
    /// <param name="members">Numbers of the frames to show, at least one; the tree keeps and reorders them.</param>
    public static PictureTree Build(float[] positions, float[] trust, int[] members)
    {
        var tree = new PictureTree(positions, trust, members);
        tree.Build();
        return tree;
    }

    /// <summary>What a cell shows.</summary>
    /// <param name="level">The plane is <c>2^level</c> cells wide and high.</param>
    /// <param name="x">Column of the cell.</param>
    /// <param name="y">Row of the cell.</param>
    public PictureCell Find(int level, int x, int y)
    {
        var node = 0;
        var at = 0;
        while (at < level && _nodes[node].Children > 0)
        {
            at++;
            var shift = level - at;
            node = _nodes[node].Children + ((x >> shift) & 1) + (2 * ((y >> shift) & 1));
        }

        var found = _nodes[node];
        return new PictureCell(found.Frame, at, x >> (level - at), y >> (level - at), found.Count == 0, found.Count);
    }

    /// <summary>The cell that a frame belongs to; null where it is not shown.</summary>
    /// <param name="frame">Its number.</param>
    /// <param name="level">The plane is <c>2^level</c> cells wide and high; the cell may be a larger one.</param>
    public PictureCell? Locate(int frame, int level)
    {
        var place = _places.Value[frame];
        if (place < 0)
        {
            return null;
        }

        var (node, at, x, y) = (0, 0, 0, 0);
        while (at < level && _nodes[node].Children is > 0 and var first)
        {
            var quarter = Enumerable
                .Range(0, 4)
                .First(quarter =>
                    place >= _nodes[first + quarter].Start && place < _nodes[first + quarter].Start + _nodes[first + quarter].Count
                );
            (node, at, x, y) = (first + quarter, at + 1, (2 * x) + (quarter & 1), (2 * y) + (quarter >> 1));
        }

        return new PictureCell(_nodes[node].Frame, at, x, y, false, _nodes[node].Count);
    }

    /// <summary>Where each frame is among the members; -1 for one that is not shown.</summary>
    private int[] Places()
    {
        var places = new int[_positions.Length / 2];
        Array.Fill(places, -1);
        foreach (var (place, member) in _members.Index())
        {
            places[member] = place;
        }

        return places;
    }

    private void Build()
    {
        _nodes.Add(new Node(0, _members.Length, Representative(0, _members.Length, 1), 0));
        var open = new Stack<(int Node, int Level, int X, int Y)>();
        open.Push((0, 0, 0, 0));
        while (open.TryPop(out var cell))
        {
            var node = _nodes[cell.Node];
            if (node.Count < 2 || cell.Level == Deepest)
            {
                continue;
            }

            var first = Split(node, cell.Level, cell.X, cell.Y);
            _nodes[cell.Node] = node with { Children = first };
            Depth = Math.Max(Depth, cell.Level + 1);
            for (var quarter = 0; quarter < 4; quarter++)
            {
                open.Push((first + quarter, cell.Level + 1, (2 * cell.X) + (quarter & 1), (2 * cell.Y) + (quarter >> 1)));
            }
        }
    }

    private int Split(Node node, int level, int cellX, int cellY)
    {
        var width = Math.ScaleB(1, -level - 1);
        var (middleX, middleY) = (((2 * cellX) + 1) * width, ((2 * cellY) + 1) * width);
        var quarters = new List<int>[4];
        for (var quarter = 0; quarter < 4; quarter++)
        {
            quarters[quarter] = new List<int>(node.Count / 3);
        }

        foreach (var member in _members.AsSpan(node.Start, node.Count))
        {
            quarters[(_positions[2 * member] >= middleX ? 1 : 0) + (_positions[(2 * member) + 1] >= middleY ? 2 : 0)].Add(member);
        }

        for (var quarter = 0; quarter < 4; quarter++)
        {
            if (quarters[quarter].Count == 0)
            {
                Borrow(quarters, quarter, middleX + (width * ((quarter & 1) - 0.5)), middleY + (width * ((quarter >> 1) - 0.5)));
            }
        }

        var first = _nodes.Count;
        var start = node.Start;
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var members = quarters[quarter];
            members.CopyTo(_members, start);
            var frame =
                members.Count == 0 ? node.Frame
                : members.Contains(node.Frame) ? node.Frame
                : Representative(start, members.Count, width);
            _nodes.Add(new Node(start, members.Count, frame, 0));
            start += members.Count;
        }

        return first;
    }

    private void Borrow(List<int>[] quarters, int empty, double x, double y)
    {
        var fullest = quarters.MaxBy(quarter => quarter.Count)!;
        if (fullest.Count < 2)
        {
            return;
        }

        var distances = fullest.Select(member => Distance(member, x, y)).ToArray();
        var members = fullest.ToArray();
        Array.Sort(distances, members);
        var taken = members.Length / 2;
        quarters[empty].AddRange(members.AsSpan(0, taken));
        fullest.Clear();
        fullest.AddRange(members.AsSpan(taken));
    }

    private int Representative(int start, int count, double width)
    {
        var members = _members.AsSpan(start, count);
        var (x, y) = (0.0, 0.0);
        foreach (var member in members)
        {
            x += _positions[2 * member];
            y += _positions[(2 * member) + 1];
        }

        var (best, least) = (members[0], double.PositiveInfinity);
        foreach (var member in members)
        {
            var distrust = float.IsNaN(_trust[member]) ? 0 : Distrust * width * width * (1 - _trust[member]);
            var cost = Distance(member, x / count, y / count) + distrust;
            if (cost < least || (cost == least && member < best))
            {
                (best, least) = (member, cost);
            }
        }

        return best;
    }

    private double Distance(int member, double x, double y)
    {
        var (dx, dy) = (_positions[2 * member] - x, _positions[(2 * member) + 1] - y);
        return (dx * dx) + (dy * dy);
    }

    private readonly record struct Node(int Start, int Count, int Frame, int Children);
}

/// <summary>A cell of the picture tree: where its picture is, which may be larger than the cell that was asked for.</summary>
/// <param name="Frame">Number of the frame it shows.</param>
/// <param name="Level">Level the picture fills a cell of.</param>
/// <param name="X">Column at that level.</param>
/// <param name="Y">Row at that level.</param>
/// <param name="Repeats">The picture is also elsewhere: there are no more frames here.</param>
/// <param name="Frames">Frames in the cell.</param>
internal readonly record struct PictureCell(int Frame, int Level, int X, int Y, bool Repeats, int Frames);
