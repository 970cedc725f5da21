using OrleansAtlas.Client;
using OrleansAtlas.Client.Output;

PlainWriter.Install();
return await CommandLine.RunAsync(args);
