using OrleansAtlas.Bench;

// Engine.Bench silo ...: one silo of a run, started by the run itself.
// Engine.Bench speed [SECONDS] [SILOS...]: 1, 2 and 4 silos, 8 slots each, 50 ms a segment.
// Engine.Bench size [FILMS SEGMENTS]: many films and segments, 1 ms each, and the memory they take.
return args switch
{
    ["silo", .. var settings] => await BenchSilo.RunAsync(SiloArguments.Parse(settings)),
    ["speed"] => await SpeedBench.RunAsync(20, [1, 2, 4]),
    ["speed", var seconds] => await SpeedBench.RunAsync(Number(seconds), [1, 2, 4]),
    ["speed", var seconds, .. var silos] => await SpeedBench.RunAsync(Number(seconds), silos.Select(Number)),
    ["size"] => await SizeBench.RunAsync(10_000, 100),
    ["size", var films, var segments] => await SizeBench.RunAsync(Number(films), Number(segments)),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("Engine.Bench speed [SECONDS] [SILOS...] | size [FILMS SEGMENTS]");
    return 2;
}
