using OrleansAtlas.Bench.Search;

return args switch
{
    ["measures", var store, var collection] => await MeasuresBench.RunAsync(store, collection),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("bench measures STORE COLLECTION    which sequence measure ranks a query's own group first");
    return 2;
}
