// One process tree at a time uses a directory. The lock is the kernel's and lasts until its holder and every child that
// inherited the descriptor have ended: nobody has to guess whether a lock file is stale.
#pragma once

#include "conductor/base/result.h"

namespace conductor {

class DirectoryLock
{
public:
    DirectoryLock() = default;
    ~DirectoryLock();
    Q_DISABLE_COPY_MOVE(DirectoryLock)

    // Makes the directory when it is missing. Errors: Conflict while another has it, naming its process; Validation when the
    // directory cannot be used.
    Result<Done> take(const QString &directory);
    void release();

    bool isHeld() const { return m_descriptor >= 0; }
    int descriptor() const { return m_descriptor; } // closed on exec; a child that is to hold the lock as well clears that

private:
    int m_descriptor = -1;
};

} // namespace conductor
