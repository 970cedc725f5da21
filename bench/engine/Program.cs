using OrleansAtlas.Bench;

// Engine.Bench silo ...: one silo of a run, started by the run itself.
// Engine.Bench speed [SECONDS]: 1, 2 and 4 silos, 8 slots each, 50 ms a segment.
// Engine.Bench size [FILMS] [SEGMENTS]: many films and segments, 1 ms each, and the memory they take.
return args switch
{
    ["silo", .. var settings] => await BenchSilo.RunAsync(SiloArguments.Parse(settings)),
    ["speed", .. var rest] => await SpeedBench.RunAsync(rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 20),
    ["size", .. var rest] => await SizeBench.RunAsync(
        rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 10_000,
        rest.Length > 1 ? int.Parse(rest[1], System.Globalization.CultureInfo.InvariantCulture) : 100),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Engine.Bench speed [SECONDS] | size [FILMS] [SEGMENTS]");
    return 2;
}
