using System.Globalization;

namespace OrleansAtlas.Bench;

/// <summary>What a silo of a run is started with.</summary>
internal sealed record SiloArguments(string Store, int Port, int Gateway, int Primary, int Slots, double WaitMilliseconds)
{
    public static SiloArguments Parse(string[] a) =>
        new(a[0], Number(a[1]), Number(a[2]), Number(a[3]), Number(a[4]), double.Parse(a[5], CultureInfo.InvariantCulture));

    public string[] ToArguments() =>
        [Store, $"{Port}", $"{Gateway}", $"{Primary}", $"{Slots}", WaitMilliseconds.ToString(CultureInfo.InvariantCulture)];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
